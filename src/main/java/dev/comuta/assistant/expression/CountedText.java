package dev.comuta.assistant.expression;

/** A text that counts {@link Steps} as a pattern reads on in it: for each character the instructions of the pattern. */
final class CountedText implements CharSequence {

    private final String text;
    private final int stepsPerCharacter;
    private int read;

    CountedText(String text, int stepsPerCharacter) {
        this.text = text;
        this.stepsPerCharacter = stepsPerCharacter;
    }

    @Override
    public char charAt(int index) {
        if (index >= read) {
            Steps.take((index + 1L - read) * stepsPerCharacter);
            read = index + 1;
        }
        return text.charAt(index);
    }

    @Override
    public int length() {
        return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return text.substring(start, end);
    }

    @Override
    public String toString() {
        return text;
    }
}
