namespace RoutingLab;

/// <summary>What a request would meet at a provider now, apart from its luck.</summary>
/// <param name="Failing">The part of the requests that it fails.</param>
/// <param name="FailureSeconds">How long such a one waits for its failure.</param>
/// <param name="Seconds">What an answer is expected to take, to its first token or as a whole.</param>
internal readonly record struct Prospect(double Failing, double FailureSeconds, double Seconds);
