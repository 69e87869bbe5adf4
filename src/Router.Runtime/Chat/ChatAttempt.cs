using Microsoft.Extensions.AI;

namespace RouterGen;

/// <summary>Asks a deployment once for a whole answer: with a request in its wire format, or through its client.</summary>
internal readonly struct ChatAttempt : IAttempt<RoutedResponse>
{
    public static ValueTask<AttemptResult<RoutedResponse>> RunAsync(AttemptContext context, bool async) =>
        context.Credentials.Client is null ? WholeAttempt<ChatAnswers, RoutedResponse>.RunAsync(context, async) : ClientAttempt.AskAsync(context, async);

    public static TimeSpan DeclaredLimit(in CallLimits limits) => WholeAttempt<ChatAnswers, RoutedResponse>.DeclaredLimit(limits);

    public static TimeSpan UsualLimit(TimeSpan remaining, Deployment deployment, CallRequest request) =>
        WholeAttempt<ChatAnswers, RoutedResponse>.UsualLimit(remaining, deployment, request);
}

/// <summary>Asks a deployment once for a stream, and reads it up to its first content: until then the caller has seen nothing, so the call may fail over.</summary>
internal readonly struct ChatStreamAttempt : IAttempt<ProviderStream<ChatResponseUpdate>>
{
    public static ValueTask<AttemptResult<ProviderStream<ChatResponseUpdate>>> RunAsync(AttemptContext context, bool async) =>
        context.Credentials.Client is null ? StreamAttempt<ChatStreams, ChatResponseUpdate>.RunAsync(context, async) : ClientAttempt.OpenAsync(context);

    public static TimeSpan DeclaredLimit(in CallLimits limits) => StreamAttempt<ChatStreams, ChatResponseUpdate>.DeclaredLimit(limits);

    public static TimeSpan UsualLimit(TimeSpan remaining, Deployment deployment, CallRequest request) =>
        StreamAttempt<ChatStreams, ChatResponseUpdate>.UsualLimit(remaining, deployment, request);
}
