using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace RouterGen.FakeProviders;

/// <summary>How a provider takes texts and gives vectors. Keys, errors and headers are those of its chat dialect.</summary>
/// <param name="chat">The chat dialect.</param>
/// <param name="validChat">A body that the chat dialect takes, so that only the key can be at fault.</param>
/// <param name="mostTexts">The most texts of a request.</param>
/// <param name="time">Tells the time.</param>
internal abstract class EmbeddingDialect(WireDialect chat, string validChat, int mostTexts, TimeProvider time) : SideDialect(chat, time)
{
    private readonly JsonElement _validChat = JsonDocument.Parse(validChat).RootElement;

    public override Refusal? Check(IHeaderDictionary headers, JsonElement? body)
    {
        if (Chat.Check(headers, _validChat) is { } refusal) return refusal;
        if (body is not { ValueKind: JsonValueKind.Object } json) return Chat.Error(400);
        string[] texts = [.. TextsOf(json)];
        return texts.Length == 0 || texts.Length > mostTexts || Array.Exists(texts, string.IsNullOrEmpty) || !IsValid(json) ? Chat.Error(400) : null;
    }

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

    /// <summary>Whether the provider takes the rest of the body.</summary>
    protected virtual bool IsValid(JsonElement body) => true;

    protected static int? Number(JsonElement? body, string name) => body?.Find(name) is { ValueKind: JsonValueKind.Number } number ? number.GetInt32() : null;

    protected static IEnumerable<string> Strings(JsonElement body, string name) => body.FindArray(name).Select(text => text.GetString() ?? "");

    protected static JsonArray Numbers(float[] vector) => new([.. vector.Select(number => JsonValue.Create(number))]);

    protected static JsonArray Vectors(float[][] vectors) => new([.. vectors.Select(Numbers)]);
}
