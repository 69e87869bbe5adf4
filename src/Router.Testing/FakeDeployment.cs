using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Testing;

/// <summary>
/// What a deployment of a <see cref="TestRouter"/> answers, in place of its provider. Immutable: each method returns another fake, and one may serve many deployments and
/// routers.
/// </summary>
public sealed partial class FakeDeployment
{
    private readonly Func<RecordedRequest, int, CancellationToken, ValueTask<FakeStep>> _stepFor;
    private readonly bool _isScript;

    private FakeDeployment(Func<RecordedRequest, int, CancellationToken, ValueTask<FakeStep>> stepFor, int? steps = null, bool isScript = false)
    {
        _stepFor = stepFor;
        _isScript = isScript;
        Steps = steps;
    }

    private FakeDeployment(FakeStep step) : this((_, _, _) => new(step))
    {
    }

    /// <summary>Gets for how many calls a script has steps; null where any number will do.</summary>
    internal int? Steps { get; }

    /// <summary>Returns a fake that answers with a text: a chat, a completion or a transcription. For a structured answer the text is its JSON. Asked for a stream, it comes as one piece.</summary>
    /// <param name="text">The text; an empty one is an empty answer.</param>
    public static FakeDeployment Returns(string text) => Streams(text);

    /// <summary>Returns a fake that answers a chat with contents: texts, calls of tools, images, thoughts …</summary>
    /// <param name="contents">The contents of the message.</param>
    public static FakeDeployment Returns(params AIContent[] contents)
    {
        ArgumentNullException.ThrowIfNull(contents);
        return new(new FakeStep { Answer = new FakeContents([.. contents.Select(static content => new[] { content })]) });
    }

    /// <summary>Returns a fake that answers with a text in pieces, where a stream is asked for; else with the whole text.</summary>
    /// <param name="pieces">The pieces.</param>
    public static FakeDeployment Streams(params string[] pieces)
    {
        ArgumentNullException.ThrowIfNull(pieces);
        return new(new FakeStep { Answer = new FakeText([.. pieces]) });
    }

    /// <summary>Returns a fake that answers a chat with the call of a tool.</summary>
    /// <param name="tool">The tool's name.</param>
    /// <param name="arguments">Its arguments; null for none.</param>
    public static FakeDeployment CallsTool(string tool, IDictionary<string, object?>? arguments = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(tool);
        return Answers(request => Returns(new FunctionCallContent($"call_{request.Number}", tool, arguments)));
    }

    /// <summary>Returns a fake that fails, with the status that providers usually give to such a failure.</summary>
    /// <param name="kind">How it fails.</param>
    /// <param name="message">What the provider says; null for a sentence that says what the fake does.</param>
    /// <param name="retryAfter">How long the provider asks to be left alone; null where it does not say.</param>
    /// <param name="statusCode">The HTTP status code; null for the usual one.</param>
    /// <param name="errorCode">The provider's code of the error; null where it gives none.</param>
    /// <exception cref="ArgumentOutOfRangeException">No deployment fails so: <see cref="FailureKind.None"/>, <see cref="FailureKind.Superseded"/>, <see cref="FailureKind.Canceled"/>, <see cref="FailureKind.EmptyResponse"/> (for which there is <c>Returns("")</c>), or no kind at all.</exception>
    public static FakeDeployment Fails(FailureKind kind, string? message = null, TimeSpan? retryAfter = null, int? statusCode = null, string? errorCode = null) =>
        new(new FakeStep { Failure = FailureOf(kind, message, retryAfter, statusCode, errorCode) });

    /// <summary>Returns a fake that takes one step a call, in order. A call beyond the last one fails, with a <see cref="RouterAssertionException"/> that says so; see <see cref="RepeatLast"/>.</summary>
    /// <param name="steps">The steps, at least one; none is a script itself.</param>
    /// <exception cref="ArgumentException">There is no step, or one is a script.</exception>
    public static FakeDeployment Script(params FakeDeployment[] steps)
    {
        ArgumentNullException.ThrowIfNull(steps);
        if (steps.Length == 0) throw new ArgumentException("A script needs a step.", nameof(steps));
        if (Array.Exists(steps, static step => step is null || step._isScript)) throw new ArgumentException("A step of a script must be a fake that is no script itself.", nameof(steps));
        FakeDeployment[] all = [.. steps];
        return new(
            (request, call, cancellationToken) => call < all.Length
                ? all[call]._stepFor(request, 0, cancellationToken)
                : throw new RouterAssertionException($"The script of deployment '{request.Deployment}' has no step for call {call + 1}: it has {all.Length}. Add a step, or end the script with RepeatLast()."),
            all.Length,
            isScript: true);
    }

    /// <summary>Returns a fake that computes its answer from the request.</summary>
    /// <param name="answer">Returns the text of the answer. What it throws reaches the caller of the router as it is.</param>
    public static FakeDeployment Answers(Func<RecordedRequest, string> answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        return Answers(request => Returns(answer(request)));
    }

    /// <summary>Returns a fake that decides by the request what it does.</summary>
    /// <param name="answer">Returns the fake that answers. What it throws reaches the caller of the router as it is.</param>
    public static FakeDeployment Answers(Func<RecordedRequest, FakeDeployment> answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        return new((request, _, cancellationToken) => answer(request)._stepFor(request, 0, cancellationToken));
    }

    /// <summary>Returns a fake that waits for something before it decides what it does.</summary>
    /// <param name="answer">Returns the fake that answers. Its token is cancelled when a limit of the call ends, and by its caller. What it throws reaches the caller of the router as it is.</param>
    public static FakeDeployment Answers(Func<RecordedRequest, CancellationToken, Task<FakeDeployment>> answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        return new(async (request, _, cancellationToken) =>
        {
            FakeDeployment chosen = await answer(request, cancellationToken).ConfigureAwait(false);
            return await chosen._stepFor(request, 0, cancellationToken).ConfigureAwait(false);
        });
    }

    /// <summary>Returns a script whose last step is taken by all further calls; any other fake as it is.</summary>
    public FakeDeployment RepeatLast() => Steps is not { } steps ? this : new((request, call, cancellationToken) => _stepFor(request, Math.Min(call, steps - 1), cancellationToken), isScript: true);

    /// <summary>Returns the same fake, which waits on the router's clock before it answers, fails or begins to stream: see <see cref="TestClock.RunUntilAsync{T}"/>.</summary>
    /// <param name="delay">How long; zero or more.</param>
    public FakeDeployment Delays(TimeSpan delay)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(delay, TimeSpan.Zero);
        return With(step => step with { Delay = delay });
    }

    /// <summary>Returns the same fake, which waits on the router's clock before each piece of a stream but the first.</summary>
    /// <param name="delay">How long; zero or more.</param>
    public FakeDeployment DelaysPieces(TimeSpan delay)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(delay, TimeSpan.Zero);
        return With(step => step with { PieceDelay = delay });
    }

    /// <summary>Returns the same fake, whose streams break after their last piece. Whole answers fail in its place.</summary>
    /// <inheritdoc cref="Fails"/>
    public FakeDeployment ThenFails(FailureKind kind, string? message = null, TimeSpan? retryAfter = null, int? statusCode = null, string? errorCode = null)
    {
        AttemptFailure failure = FailureOf(kind, message, retryAfter, statusCode, errorCode);
        return With(step => step with { Break = failure });
    }

    /// <summary>Returns the same fake, which counts tokens: what an answer costs is computed from them and the deployment's prices.</summary>
    /// <param name="input">The tokens of the request; zero or more.</param>
    /// <param name="output">The tokens of the answer; zero or more.</param>
    public FakeDeployment WithUsage(int input, int output)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(input);
        ArgumentOutOfRangeException.ThrowIfNegative(output);
        return WithUsage(new UsageDetails { InputTokenCount = input, OutputTokenCount = output, TotalTokenCount = (long)input + output });
    }

    /// <summary>Returns the same fake, which counts what its answers are paid by; <see cref="UsageCounts"/> has names for what is no text.</summary>
    /// <param name="usage">The counts.</param>
    public FakeDeployment WithUsage(UsageDetails usage)
    {
        ArgumentNullException.ThrowIfNull(usage);
        return With(step => step with { Usage = usage });
    }

    /// <summary>Returns the same fake, whose chats and completions end for that reason.</summary>
    /// <param name="reason">The reason, for example <see cref="ChatFinishReason.Length"/>.</param>
    public FakeDeployment WithFinishReason(ChatFinishReason reason) => With(step => step with { FinishReason = reason });

    /// <summary>Returns what the fake does for a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="call">How many calls it had before, while it was the deployment's fake.</param>
    /// <param name="cancellationToken">Cancels the wait for it.</param>
    internal ValueTask<FakeStep> StepForAsync(RecordedRequest request, int call, CancellationToken cancellationToken) => _stepFor(request, call, cancellationToken);

    private FakeDeployment With(Func<FakeStep, FakeStep> change) =>
        new(
            async (request, call, cancellationToken) => change(await _stepFor(request, call, cancellationToken).ConfigureAwait(false)),
            Steps,
            _isScript);

    private static AttemptFailure FailureOf(FailureKind kind, string? message, TimeSpan? retryAfter, int? statusCode, string? errorCode)
    {
        AttemptFailure usual = AttemptFailure.Like(kind, message ?? $"The fake of the deployment fails with {kind}.");
        return usual with { RetryAfter = retryAfter, StatusCode = statusCode ?? usual.StatusCode, ErrorCode = errorCode };
    }
}
