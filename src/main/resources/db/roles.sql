-- Roles of Comuta; runs as a superuser, any number of times.
do $$
begin
    if not exists (select from pg_roles where rolname = 'comuta_owner') then
        create role comuta_owner login;
    end if;
end
$$;

do $$
begin
    if not exists (select from pg_roles where rolname = 'comuta_platform') then
        create role comuta_platform nologin bypassrls;
    end if;
end
$$;

do $$
begin
    if not exists (select from pg_roles where rolname = 'comuta_app') then
        create role comuta_app login noinherit;
    end if;
end
$$;

grant comuta_platform to comuta_app;
grant comuta_platform to comuta_owner;
