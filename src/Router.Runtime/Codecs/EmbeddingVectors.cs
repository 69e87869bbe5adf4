using System.ComponentModel;
using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
using Microsoft.Extensions.AI;

namespace RouterGen.Infrastructure;

/// <summary>The vectors of an answer while it is read: one for each text of the request, in whatever order they come.</summary>
/// <param name="count">How many texts the request has.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class EmbeddingVectors(int count)
{
    private readonly float[]?[] _vectors = new float[]?[count];
    private int _next;
    private string? _fault;

    /// <summary>Gets or sets what the provider counted; null where it did not say.</summary>
    public UsageDetails? Usage { get; set; }

    /// <summary>Gets or sets the model that the provider names; null where it names none.</summary>
    public string? Model { get; set; }

    /// <summary>Gets how many vectors have been added.</summary>
    public int Added { get; private set; }

    /// <summary>Adds the vector of the text behind the one that was added last.</summary>
    public void Add(float[] vector) => Add(_next, vector);

    /// <summary>Adds the vector of a text.</summary>
    /// <param name="index">The text's place in the request, from 0.</param>
    /// <param name="vector">The vector.</param>
    public void Add(long index, float[] vector)
    {
        Added++;
        _next = (int)Math.Clamp(index + 1, 0, int.MaxValue);
        if (index < 0 || index >= count) _fault ??= string.Create(CultureInfo.InvariantCulture, $"a vector for text {index}, but the request has {count}");
        else if (_vectors[index] is not null) _fault ??= string.Create(CultureInfo.InvariantCulture, $"two vectors for text {index}");
        else _vectors[index] = vector;
    }

    /// <summary>Gets the length of the first vector; 0 where there is none.</summary>
    internal int Length => _vectors.Length > 0 && _vectors[0] is { } first ? first.Length : 0;

    /// <summary>Returns what is wrong with the vectors: missing ones, two for one text, numbers that are none, another length; null where nothing is.</summary>
    /// <param name="length">The length that they must have; 0 where any will do, as long as it is the same.</param>
    public string? FaultOf(int length)
    {
        if (_fault is not null) return _fault;
        if (Added != count) return string.Create(CultureInfo.InvariantCulture, $"{Added} {(Added == 1 ? "vector" : "vectors")} for {count} {(count == 1 ? "text" : "texts")}");
        for (int i = 0; i < count; i++)
        {
            float[] vector = _vectors[i]!;
            if (length == 0) length = vector.Length;
            if (vector.Length == 0 || vector.Length != length) return string.Create(CultureInfo.InvariantCulture, $"a vector of length {vector.Length} for text {i} in place of {length}");
            if (!IsFinite(vector)) return string.Create(CultureInfo.InvariantCulture, $"a vector for text {i} with numbers that are not finite");
        }

        return null;
    }

    /// <summary>Returns the vectors, in the order of the texts.</summary>
    public Embedding<float>[] ToEmbeddings() => Array.ConvertAll(_vectors, vector => new Embedding<float>(vector) { ModelId = Model });

    // Zero times a finite number is zero, and anything else is not a number.
    private static bool IsFinite(ReadOnlySpan<float> vector)
    {
        ReadOnlySpan<Vector<float>> blocks = MemoryMarshal.Cast<float, Vector<float>>(vector);
        Vector<float> sum = Vector<float>.Zero;
        foreach (Vector<float> block in blocks) sum += block * 0f;
        float rest = Vector.Sum(sum);
        foreach (float number in vector[(blocks.Length * Vector<float>.Count)..]) rest += number * 0f;
        return rest == 0f;
    }
}
