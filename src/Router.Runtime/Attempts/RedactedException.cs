namespace RouterGen;

/// <summary>
/// Stands in for an exception that says a key: a transport quotes what it could not understand. What a catcher may look at
/// is kept (the kind of exception, the reason, the chain, the stack), with the key taken out of each text.
/// </summary>
internal static class RedactedException
{
    private const int DeepestChain = 16;

    /// <summary>Returns the exception itself where it says no key.</summary>
    public static Exception? Of(Exception? exception, Credentials credentials)
    {
        if (exception is null) return null;
        return Says(exception, credentials, depth: 0) ? StandIn(exception, credentials, depth: 0) : exception;
    }

    /// <summary>Whether the key is in any text of the chain; an exception of user code may leave its own message out of its text.</summary>
    private static bool Says(Exception exception, Credentials credentials, int depth) =>
        Says(TextOf(exception), credentials) || Says(MessageOf(exception), credentials)
        || (exception.InnerException is { } inner && depth < DeepestChain && Says(inner, credentials, depth + 1));

    private static bool Says(string text, Credentials credentials) => !ReferenceEquals(credentials.Redact(text), text);

    private static string MessageOf(Exception exception)
    {
        try
        {
            return exception.Message;
        }
        catch (Exception)
        {
            return "";
        }
    }

    /// <summary>An exception of user code may fail at its own text.</summary>
    private static string TextOf(Exception exception)
    {
        try
        {
            return exception.ToString();
        }
        catch (Exception)
        {
            return exception.GetType().FullName!;
        }
    }

    private static Exception StandIn(Exception exception, Credentials credentials, int depth)
    {
        string message = credentials.Redact(MessageOf(exception));
        string text = credentials.Redact(TextOf(exception));
        Exception? inner = exception.InnerException is { } next && depth < DeepestChain ? StandIn(next, credentials, depth + 1) : null;
        return exception switch
        {
            HttpRequestException request => new RequestStandIn(request, message, text, inner),
            HttpIOException io => new HttpIoStandIn(io, message, text, inner),
            IOException => new IoStandIn(message, text, inner),
            _ => new OtherStandIn(message, text, inner),
        };
    }

    private sealed class RequestStandIn(HttpRequestException of, string message, string text, Exception? inner)
        : HttpRequestException(of.HttpRequestError, message, inner, of.StatusCode)
    {
        public override string ToString() => text;
    }

    private sealed class HttpIoStandIn(HttpIOException of, string message, string text, Exception? inner) : HttpIOException(of.HttpRequestError, message, inner)
    {
        public override string Message { get; } = message; // The framework appends the reason, which is in it already.

        public override string ToString() => text;
    }

    private sealed class IoStandIn(string message, string text, Exception? inner) : IOException(message, inner)
    {
        public override string ToString() => text;
    }

    private sealed class OtherStandIn(string message, string text, Exception? inner) : Exception(message, inner)
    {
        public override string ToString() => text;
    }
}
