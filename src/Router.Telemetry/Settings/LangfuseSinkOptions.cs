namespace RouterGen;

/// <summary>Where <c>UseLangfuse</c> sends to. What is not set comes from the variables of Langfuse.</summary>
public sealed class LangfuseSinkOptions : TelemetrySinkOptions
{
    /// <summary>Gets the address of Langfuse, such as <c>https://us.cloud.langfuse.com</c>. Null: <c>LANGFUSE_BASE_URL</c>, else <c>LANGFUSE_HOST</c>, else <c>https://cloud.langfuse.com</c>.</summary>
    public Uri? Host { get; init; }

    /// <summary>Gets the public key of the project. Null: <c>LANGFUSE_PUBLIC_KEY</c>.</summary>
    public string? PublicKey { get; init; }

    /// <summary>Gets the secret key of the project. Null: <c>LANGFUSE_SECRET_KEY</c>.</summary>
    public string? SecretKey { get; init; }

    /// <summary>Gets the environment that traces are filed under. Null: <c>LANGFUSE_TRACING_ENVIRONMENT</c>, else Langfuse's default.</summary>
    public string? Environment { get; init; }

    /// <summary>Gets the release of the application. Null: <c>LANGFUSE_RELEASE</c>, else none.</summary>
    public string? Release { get; init; }
}
