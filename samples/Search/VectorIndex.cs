using System.Numerics;

namespace Search;

/// <summary>Texts and their vectors in memory. Each search looks at all of them, which is fast enough for some ten thousand.</summary>
internal sealed class VectorIndex
{
    private readonly List<(string Text, float[] Direction)> _entries = [];

    public int Count => _entries.Count;

    public void Add(string text, ReadOnlyMemory<float> vector) => _entries.Add((text, DirectionOf(vector.Span)));

    /// <summary>Returns the texts whose vectors have the smallest angle to <paramref name="query"/>, nearest first.</summary>
    public IEnumerable<string> Nearest(ReadOnlyMemory<float> query, int count)
    {
        float[] direction = DirectionOf(query.Span);
        return _entries.OrderByDescending(entry => Dot(entry.Direction, direction)).Take(count).Select(entry => entry.Text);
    }

    // Of length 1: so the product of two is the cosine of the angle between them.
    private static float[] DirectionOf(ReadOnlySpan<float> vector)
    {
        float[] direction = vector.ToArray();
        float length = MathF.Sqrt(Dot(direction, direction));
        if (length > 0)
        {
            for (int i = 0; i < direction.Length; i++) direction[i] /= length;
        }

        return direction;
    }

    private static float Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        if (a.Length != b.Length) throw new ArgumentException($"A vector of {b.Length} numbers does not compare with one of {a.Length}: they are of different models.", nameof(b));
        Vector<float> sums = Vector<float>.Zero;
        int i = 0;
        for (; i <= a.Length - Vector<float>.Count; i += Vector<float>.Count) sums += new Vector<float>(a[i..]) * new Vector<float>(b[i..]);
        float sum = Vector.Sum(sums);
        for (; i < a.Length; i++) sum += a[i] * b[i];
        return sum;
    }
}
