namespace RouterGen.Aws;

/// <summary>Why a source that is configured has no keys. Its message holds no secret.</summary>
/// <param name="message">Why.</param>
/// <param name="kind">What follows: whether it may work the next time.</param>
internal sealed class KeySourceException(string message, FailureKind kind = FailureKind.AuthenticationFailed) : Exception(message)
{
    /// <summary>Gets whether it may work the next time.</summary>
    public FailureKind Kind { get; } = kind;
}
