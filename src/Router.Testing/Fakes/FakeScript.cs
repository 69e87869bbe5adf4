using System.Runtime.CompilerServices;
using RouterGen.Infrastructure;

namespace RouterGen.Testing;

/// <summary>Answers for a deployment with what its fake says at the moment.</summary>
/// <param name="router">The router, which has the fakes and keeps the requests.</param>
/// <param name="deployment">The deployment.</param>
internal sealed class FakeScript(TestRouter router, ChatClientContext deployment) : DeploymentScript
{
    /// <inheritdoc/>
    public override async ValueTask<object> AskAsync(ScriptedRequest request, CancellationToken cancellationToken)
    {
        RecordedRequest recorded = router.Record(deployment, request, out FakeDeployment fake, out int call);
        FakeStep step = await StepAsync(recorded, fake, call, cancellationToken).ConfigureAwait(false);
        if (step.Break is { } broken) throw new ScriptedFailureException(broken);
        FakeKind kind = FakeKind.Of(recorded);
        return kind.Whole(step, recorded) ?? throw router.Noted(kind.Misfit(step, recorded));
    }

    /// <inheritdoc/>
    public override IAsyncEnumerable<object> StreamAsync(ScriptedRequest request, CancellationToken cancellationToken) => request.Request switch
    {
        ChatRequest => Stream<Microsoft.Extensions.AI.ChatResponseUpdate>(request, cancellationToken),
        CompletionRequest => Stream<CompletionUpdate>(request, cancellationToken),
        TranscriptionRequest => Stream<TranscriptionUpdate>(request, cancellationToken),
        SpeechRequest => Stream<SpeechUpdate>(request, cancellationToken),
        _ => Stream<ImageUpdate>(request, cancellationToken),
    };

    private async IAsyncEnumerable<T> Stream<T>(ScriptedRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        RecordedRequest recorded = router.Record(deployment, request, out FakeDeployment fake, out int call);

        // At once, when the router leaves the stream: its enumeration may end later, on another thread.
        using CancellationTokenRegistration left = cancellationToken.UnsafeRegister(static asked => ((RecordedRequest)asked!).NoteLeft(), recorded);
        try
        {
            FakeStep step = await StepAsync(recorded, fake, call, cancellationToken).ConfigureAwait(false);
            FakeKind kind = FakeKind.Of(recorded);
            var updates = (IAsyncEnumerable<T>)(kind.Stream(step, recorded, new Updates(step, router.Time)) ?? throw router.Noted(kind.Misfit(step, recorded)));
            await foreach (T update in updates.WithCancellation(cancellationToken).ConfigureAwait(false)) yield return update;
        }
        finally
        {
            // What waits here may hear of it first, and end the registration before that was told.
            if (cancellationToken.IsCancellationRequested) recorded.NoteLeft();
        }
    }

    private async ValueTask<FakeStep> StepAsync(RecordedRequest recorded, FakeDeployment fake, int call, CancellationToken cancellationToken)
    {
        FakeStep step;
        try
        {
            step = await fake.StepForAsync(recorded, call, cancellationToken).ConfigureAwait(false);
        }
        catch (RouterAssertionException exception)
        {
            throw router.Noted(exception);
        }

        await Updates.WaitAsync(step.Delay, router.Time, cancellationToken).ConfigureAwait(false);
        return step.Failure is { } failure ? throw new ScriptedFailureException(failure) : step;
    }
}
