package io.rivulet.bench;

/** A program that is ready at once. */
final class FirstLine {
    private FirstLine() {}

    public static void main(String[] arguments) {
        System.out.println("first row, checkpoint " + arguments[0]);
        System.out.println("second row");
    }
}
