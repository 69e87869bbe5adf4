using System.Collections.Concurrent;

namespace RouterGen;

/// <summary>Objects to use again: one in a field for the usual case, some more behind it.</summary>
internal sealed class Pool<T>(Func<T> create) where T : class
{
    private const int Capacity = 128;

    private readonly ConcurrentQueue<T> _more = new();
    private T? _first;
    private int _count;

    public T Rent()
    {
        T? first = _first;
        if (first is not null && Interlocked.CompareExchange(ref _first, null, first) == first) return first;
        if (!_more.TryDequeue(out T? another)) return create();
        Interlocked.Decrement(ref _count);
        return another;
    }

    /// <returns>False where there are enough already and the object was not taken.</returns>
    public bool Return(T item)
    {
        if (_first is null && Interlocked.CompareExchange(ref _first, item, null) is null) return true;
        if (Interlocked.Increment(ref _count) > Capacity)
        {
            Interlocked.Decrement(ref _count);
            return false;
        }

        _more.Enqueue(item);
        return true;
    }
}
