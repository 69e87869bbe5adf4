using RouterGen.Infrastructure;

namespace RouterGen;

/// <summary>How the answers of one kind of call are read.</summary>
/// <typeparam name="T">The answer.</typeparam>
internal interface IAnswerReader<T> where T : class
{
    /// <summary>Gets whether a server may send a stream of events where a whole answer was asked for.</summary>
    static virtual bool ReadsEvents => false;

    /// <summary>Reads a whole body. It may be a failure with a partial answer.</summary>
    static abstract AttemptResult<T> Read(in AttemptContext context, ReadOnlySpan<byte> body);

    /// <summary>Reads events as the answer that they are; of the body, the beginning has been read. Asked only where <see cref="ReadsEvents"/>.</summary>
    static virtual ValueTask<AttemptResult<T>> ReadEventsAsync(AttemptContext context, ResponseBody body, bool async) =>
        throw new NotSupportedException("These answers do not come as events.");

    /// <summary>Adds to an answer that was not read what reading adds.</summary>
    /// <returns>The answer.</returns>
    static virtual T Complete(in AttemptContext context, T answer) => answer;

    /// <summary>Completes an answer, perhaps a partial one, with what was left out of the request.</summary>
    static abstract void Annotate(T answer, List<string> leftOut);

    /// <summary>Returns the failure of an answer that holds nothing; null for any other.</summary>
    static virtual AttemptFailure? WhyEmpty(T answer) => null;
}
