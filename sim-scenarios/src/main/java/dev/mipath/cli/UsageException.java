package dev.mipath.cli;

/** A command line that asks for something that cannot be; the message names the remedy. */
final class UsageException extends RuntimeException {
    UsageException(String message) {
        super(message);
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
