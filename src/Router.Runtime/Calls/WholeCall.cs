using System.Diagnostics;

namespace RouterGen;

/// <summary>A call whose answer comes in one piece.</summary>
internal static class WholeCall
{
    /// <summary>Asks deployments until one answers, and notes in the answer how it came about.</summary>
    /// <exception cref="RoutingException">No deployment could answer.</exception>
    /// <exception cref="RoutingCanceledException">The caller cancelled.</exception>
    public static async ValueTask<T> AskAsync<TReader, T>(GroupState group, CallRequest request, CallOptions routing, bool async, CancellationToken cancellationToken)
        where TReader : IAnswerReader<T>
        where T : RoutedAnswer
    {
        using CallScope call = CallScope.Begin(group, request, routing, cancellationToken);
        T answer = await call.AskAsync<WholeAttempt<TReader, T>, T>(async).ConfigureAwait(false);
        answer.Attach(call.Complete(new AttemptReport { Usage = answer.Usage }));
        return answer;
    }

    /// <summary>Returns the answer of a synchronous call, which has run on its caller's thread.</summary>
    public static T Finished<T>(ValueTask<T> call)
    {
        Debug.Assert(call.IsCompleted, "A synchronous call never leaves its thread.");
        return call.GetAwaiter().GetResult();
    }
}
