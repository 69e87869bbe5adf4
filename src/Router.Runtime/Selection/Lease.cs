namespace RouterGen;

/// <summary>A request's place at a deployment.</summary>
/// <param name="Tokens">The tokens that were taken from its limit, as estimated.</param>
/// <param name="IsProbe">Whether it finds out if the deployment works again.</param>
internal readonly record struct Lease(int Tokens, bool IsProbe);
