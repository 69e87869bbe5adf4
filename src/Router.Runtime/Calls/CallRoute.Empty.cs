using System.Diagnostics.CodeAnalysis;

namespace RouterGen;

// An answer with nothing in it is passed over while another deployment or group is left, and handed on when none is.
internal sealed partial class CallRoute
{
    private object? _empty;
    private AttemptScope? _emptyFrom;

    /// <summary>Gets whether the answer that is handed on is an empty one, whose attempt is among the failed ones.</summary>
    public bool HandsOnEmpty { get; private set; }

    /// <summary>Returns whether another deployment or group is asked, although <see cref="Deployment"/> gave an answer beside a failure of this kind.</summary>
    public bool GoesOnAfter(FailureKind kind) => kind is FailureKind.EmptyResponse ? AnotherCouldAnswer : HandsOver(kind);

    /// <summary>Notes what came beside a failure: the first empty answer is kept.</summary>
    private void PassOver(object answer, FailureKind kind)
    {
        (answer as IDisposable)?.Dispose(); // A stream has been read to its end.
        if (kind is not FailureKind.EmptyResponse || _empty is not null) return;
        _empty = answer;
        _emptyFrom = Attempt;
    }

    /// <summary>Goes back to the empty answer that was passed over, where there is one.</summary>
    public bool TryHandOn<T>([NotNullWhen(true)] out T? answer) where T : class
    {
        answer = _empty as T;
        if (answer is null) return false;
        Adopt(_emptyFrom!);
        return HandsOnEmpty = true;
    }
}
