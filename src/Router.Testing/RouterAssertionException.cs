namespace RouterGen.Testing;

/// <summary>A test expected something else of a router, or its fakes do not fit what was asked. It is of no test framework: any reports it as a failure.</summary>
/// <param name="message">What was expected, and what happened.</param>
public sealed class RouterAssertionException(string message) : Exception(message);
