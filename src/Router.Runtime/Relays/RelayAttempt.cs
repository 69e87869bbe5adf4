using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen;

/// <summary>Asks a deployment once for a whole answer to a gateway's client.</summary>
internal readonly struct RelayAttempt : IAttempt<RelayedAnswer>
{
    public static ValueTask<AttemptResult<RelayedAnswer>> RunAsync(AttemptContext context, bool async) =>
        context.Credentials is { Client: null, Script: null } ? WholeAttempt<RelayAnswers, RelayedAnswer>.RunAsync(context, async) : AskAsync(context, async);

    public static TimeSpan DeclaredLimit(in CallLimits limits) => ChatAttempt.DeclaredLimit(limits);

    public static TimeSpan UsualLimit(TimeSpan remaining, Deployment deployment, CallRequest request) => ChatAttempt.UsualLimit(remaining, deployment, request);

    // A client, and a script, answer in no wire format.
    private static async ValueTask<AttemptResult<RelayedAnswer>> AskAsync(AttemptContext context, bool async)
    {
        if (RelayAnswers.SourceOf(context).WhyUnreadable is { } failure) return new(null, failure with { IsUnsent = true });
        return RelayAnswers.Written(context, await ChatAttempt.RunAsync(context, async).ConfigureAwait(false));
    }
}

/// <summary>Asks a deployment once for a stream to a gateway's client, and reads it up to its first content.</summary>
internal readonly struct RelayStreamAttempt : IAttempt<ProviderStream<RelayedUpdate>>
{
    public static ValueTask<AttemptResult<ProviderStream<RelayedUpdate>>> RunAsync(AttemptContext context, bool async) =>
        context.Credentials is { Client: null, Script: null } ? StreamAttempt<RelayStreams, RelayedUpdate>.RunAsync(context, async) : OpenAsync(context, async);

    public static TimeSpan DeclaredLimit(in CallLimits limits) => ChatStreamAttempt.DeclaredLimit(limits);

    public static TimeSpan UsualLimit(TimeSpan remaining, Deployment deployment, CallRequest request) => ChatStreamAttempt.UsualLimit(remaining, deployment, request);

    private static async ValueTask<AttemptResult<ProviderStream<RelayedUpdate>>> OpenAsync(AttemptContext context, bool async)
    {
        if (RelayAnswers.SourceOf(context).WhyUnreadable is { } failure) return new(null, failure with { IsUnsent = true });
        AttemptResult<ProviderStream<ChatResponseUpdate>> opened = await ChatStreamAttempt.RunAsync(context, async).ConfigureAwait(false);
        return new(opened.Value is { } stream ? new RelayStream(stream, RelayWriter.Start(context)) : null, opened.Failure) { Usage = opened.Usage, Delay = opened.Delay, IsCancelled = opened.IsCancelled };
    }
}
