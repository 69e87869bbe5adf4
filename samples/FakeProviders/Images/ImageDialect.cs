using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace RouterGen.FakeProviders;

/// <summary>How a provider takes prompts and gives images. Keys, errors and headers are those of its chat dialect.</summary>
/// <param name="chat">The chat dialect.</param>
/// <param name="validChat">A body that the chat dialect takes, so that only the key can be at fault.</param>
/// <param name="time">Tells the time.</param>
internal abstract class ImageDialect(WireDialect chat, string validChat, TimeProvider time) : WireDialect(time)
{
    private readonly JsonElement _validChat = JsonDocument.Parse(validChat).RootElement;

    public override string RequestIdHeader => chat.RequestIdHeader;

    public override bool TakesSignatures => chat.TakesSignatures;

    public override bool IsStreamed(string path, JsonElement body) => false;

    public override bool WantsUsage(JsonElement body) => true;

    public override Refusal? Check(IHeaderDictionary headers, JsonElement? body) =>
        chat.Check(headers, _validChat) ?? (body is not { ValueKind: JsonValueKind.Object } json || string.IsNullOrEmpty(PromptOf(json)) || !IsValid(json) ? chat.Error(400) : null);

    public override ChatCall Read(JsonElement body)
    {
        string prompt = PromptOf(body)!;
        return new ChatCall(body.FindString("model") ?? "", prompt, false, prompt.Length, [], null)
        {
            ImageCount = CountOf(body),
            ImageSize = SizeOf(body),
            ImagesGiven = GivenIn(body).Count(),
        };
    }

    public override JsonObject Completion(Answer answer) => Completion(answer, [.. Enumerable.Range(0, answer.Call!.ImageCount).Select(n => ImageOf(answer, n))]);

    public override StreamEvents Stream(Answer answer, bool withUsage) => throw new NotSupportedException("Images of this dialect are not streamed.");

    public override Refusal Error(int statusCode) => chat.Error(statusCode);

    public override Refusal Quota() => chat.Quota();

    public override Refusal ContextWindow() => chat.ContextWindow();

    public override Refusal PromptFiltered() => chat.PromptFiltered();

    public override byte[] StreamError() => chat.StreamError();

    /// <summary>The answer with the images; where the answer is filtered, the provider's way to withhold one.</summary>
    protected abstract JsonObject Completion(Answer answer, byte[][] images);

    protected abstract string? PromptOf(JsonElement body);

    protected abstract int CountOf(JsonElement body);

    /// <summary>The size that is asked for, as 1024x1536; null for the model's own.</summary>
    protected virtual string? SizeOf(JsonElement body) => null;

    /// <summary>The images to change.</summary>
    protected abstract IEnumerable<JsonElement> GivenIn(JsonElement body);

    /// <summary>Whether the provider takes the rest of the body.</summary>
    protected virtual bool IsValid(JsonElement body) => true;

    /// <summary>One image of an answer.</summary>
    protected static byte[] ImageOf(Answer answer, int number)
    {
        ChatCall call = answer.Call!;
        string made = call.ImagesGiven == 0 ? "made of" : string.Create(CultureInfo.InvariantCulture, $"made of {call.ImagesGiven} and");
        return FakeImage.Of(string.Create(CultureInfo.InvariantCulture, $"image {number} of {answer.Model}, {made} \"{call.LastText}\""), call.ImageSize);
    }

    protected static JsonNode Encoded(byte[] image) => JsonValue.Create(Convert.ToBase64String(image));

    /// <summary>A number of a body, or the text of one in a form.</summary>
    protected static int? Number(JsonElement body, string name) => body.Find(name) switch
    {
        { ValueKind: JsonValueKind.Number } number => number.GetInt32(),
        { ValueKind: JsonValueKind.String } text when int.TryParse(text.GetString(), NumberStyles.None, CultureInfo.InvariantCulture, out int number) => number,
        _ => null,
    };
}
