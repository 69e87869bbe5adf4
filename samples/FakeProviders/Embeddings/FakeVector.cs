namespace RouterGen.FakeProviders;

/// <summary>Vectors that mean a little: texts with words in common are near each other. Of length 1, and the same in each run.</summary>
internal static class FakeVector
{
    // As the models' providers have them; what is not here has 1,024 numbers.
    private static readonly (string Part, int Length)[] Lengths =
        [("3-large", 3072), ("gemini-embedding", 3072), ("text-embedding-0", 768), ("multilingual-embedding", 768), ("text-embedding", 1536), ("embed-v4", 1536), ("titan-embed-text-v1", 1536), ("codestral-embed", 1536), ("light", 384), ("minilm", 384), ("nomic", 768)];

    /// <summary>Returns the usual length of a model's vectors.</summary>
    public static int LengthOf(string model) => Array.Find(Lengths, row => model.Contains(row.Part, StringComparison.Ordinal)) is { Length: > 0 } row ? row.Length : 1024;

    /// <summary>Returns the vector of a text.</summary>
    public static float[] Of(string text, int length)
    {
        float[] vector = new float[length];
        foreach (string word in text.ToLowerInvariant().Split([' ', '.', ',', '!', '?', '\n'], StringSplitOptions.RemoveEmptyEntries)) vector[Hash(word) % (uint)length] += 1;
        vector[Hash(text) % (uint)length] += 0.1f; // No text has a vector of zeros.
        float norm = MathF.Sqrt(vector.Sum(number => number * number));
        for (int i = 0; i < length; i++) vector[i] /= norm;
        return vector;
    }

    // FNV-1a, 32 bits.
    private static uint Hash(string text) => text.Aggregate(2166136261u, (hash, letter) => unchecked((hash ^ letter) * 16777619u));
}
