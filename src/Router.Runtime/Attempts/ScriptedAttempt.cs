using RouterGen.Infrastructure;

namespace RouterGen;

/// <summary>
/// Asks the script of a deployment once, in place of its provider. The request is written as it would be sent, so that what the model does not take is
/// refused or left out, and limits hold. What the script throws is the caller's: it is a test's mistake, or what a test asserts.
/// </summary>
internal static class ScriptedAttempt
{
    /// <summary>Asks for a whole answer.</summary>
    /// <exception cref="InvalidOperationException">The script gives an answer of another kind of call.</exception>
    public static async ValueTask<AttemptResult<T>> AskAsync<TReader, T>(AttemptContext context, DeploymentScript script, bool async)
        where TReader : IAnswerReader<T>
        where T : class
    {
        if (OutgoingRequest.Write(context, out OutgoingRequest written) is { } unsupported) return new(null, unsupported);
        CallClock clock = context.Clock;
        clock.Arm(context.Limit, CancelCause.AttemptTimeout);
        try
        {
            ValueTask<object> asked = script.AskAsync(new ScriptedRequest(context.Request, written.Body.ToArray()), clock.Token);
            object answer = asked.IsCompleted ? asked.GetAwaiter().GetResult()
                : async ? await asked.AsTask().WaitAsync(clock.Token).ConfigureAwait(false)
                : SynchronousWait.For(asked.AsTask(), clock.Token);
            clock.Disarm();
            T value = TReader.Complete(context, answer as T ?? throw OtherKind(context, answer, typeof(T)));
            if (written.Notes is { } notes) TReader.Annotate(value, notes);
            return new(value, TReader.WhyEmpty(value)) { Usage = (value as ICallAnswer)?.Usage };
        }
        catch (Exception exception) when (FailureOf(exception, clock) is { } failure)
        {
            return new(null, failure) { Usage = failure.Usage };
        }
        finally
        {
            written.Dispose();
        }
    }

    /// <summary>Returns what an exception of a script says of the attempt: a failure that the script states, or a limit that ended. Null where it is the caller's.</summary>
    public static AttemptFailure? FailureOf(Exception exception, CallClock clock) =>
        exception is ScriptedFailureException scripted ? scripted.Failure
        : exception is OperationCanceledException && !clock.IsCancelledByCaller && clock.Cause is var cause and not CancelCause.None ? TransportFailure.From(exception, cause)
        : null;

    /// <summary>Returns what is wrong with an answer of another kind of call.</summary>
    public static InvalidOperationException OtherKind(in AttemptContext context, object? answer, Type wanted) =>
        new($"The script of deployment '{context.Deployment.Name}' gave {answer?.GetType().Name ?? "null"}, where calls of model group '{context.Deployment.Group}' need {wanted.Name}.");
}
