using System.Text.Json;
using System.Text.Json.Nodes;

namespace RouterGen.FakeProviders;

/// <summary>How a provider takes texts and gives vectors.</summary>
/// <param name="chat">The chat dialect.</param>
/// <param name="validChat">A body that the chat dialect takes, so that only the key can be at fault.</param>
/// <param name="mostTexts">The most texts of a request.</param>
/// <param name="time">Tells the time.</param>
internal abstract class EmbeddingDialect(WireDialect chat, string validChat, int mostTexts, TimeProvider time) : PlainDialect(chat, validChat, time)
{
    public override ChatCall Read(JsonElement body)
    {
        string[] texts = [.. TextsOf(body)];
        return new ChatCall(body.FindString("model") ?? "", texts[0], false, texts.Sum(text => text.Length), [], null) { Texts = texts, Dimensions = DimensionsOf(body) };
    }

    public override JsonObject Completion(Answer answer)
    {
        int dimensions = answer.Call!.Dimensions ?? FakeVector.LengthOf(answer.Model);
        return Completion(answer, [.. answer.Call.Texts.Select(text => FakeVector.Of(text, dimensions))]);
    }

    /// <summary>The answer with the vectors.</summary>
    protected abstract JsonObject Completion(Answer answer, float[][] vectors);

    protected abstract IEnumerable<string> TextsOf(JsonElement body);

    /// <summary>The length that is asked for; null for the model's own.</summary>
    protected abstract int? DimensionsOf(JsonElement body);

    protected override bool IsValid(JsonElement body)
    {
        string[] texts = [.. TextsOf(body)];
        return texts.Length > 0 && texts.Length <= mostTexts && !Array.Exists(texts, string.IsNullOrEmpty);
    }

    protected static JsonArray Numbers(float[] vector) => new([.. vector.Select(number => JsonValue.Create(number))]);

    protected static JsonArray Vectors(float[][] vectors) => new([.. vectors.Select(Numbers)]);
}
