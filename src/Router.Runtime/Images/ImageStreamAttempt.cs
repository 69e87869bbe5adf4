namespace RouterGen;

/// <summary>
/// Asks a deployment once for a stream of images. Until the first of them it may take as long as for a whole answer, since an image takes minutes where
/// a first word takes seconds.
/// </summary>
internal readonly struct ImageStreamAttempt : IAttempt<ProviderStream<ImageUpdate>>
{
    public static ValueTask<AttemptResult<ProviderStream<ImageUpdate>>> RunAsync(AttemptContext context, bool async) => StreamAttempt<ImageStreams, ImageUpdate>.RunAsync(context, async);

    public static TimeSpan DeclaredLimit(in CallLimits limits) => StreamAttempt<ImageStreams, ImageUpdate>.DeclaredLimit(limits);

    public static TimeSpan UsualLimit(TimeSpan remaining, Deployment deployment, CallRequest request) => WholeAttempt<ImageAnswers, RoutedImages>.UsualLimit(remaining, deployment, request);
}
