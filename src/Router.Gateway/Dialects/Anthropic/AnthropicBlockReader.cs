using System.Text.Json;
using Microsoft.Extensions.AI;
using RouterGen.Gateway.Dialects.Shared;
using RouterGen.Infrastructure;

namespace RouterGen.Gateway.Dialects.Anthropic;

/// <summary>Reads content blocks.</summary>
internal static class AnthropicBlockReader
{
    /// <summary>The additional property with a block that no content stands for: the Messages codec writes it as it came.</summary>
    public const string BlockProperty = "anthropic.block";

    /// <summary>Reads a block.</summary>
    /// <param name="block">The block.</param>
    /// <param name="place">Where it is.</param>
    /// <param name="contents">What it becomes is added to these.</param>
    /// <returns>Null, or what is wrong with it.</returns>
    public static AttemptFailure? Read(JsonElement block, string place, List<AIContent> contents)
    {
        switch (block.Text("type"u8))
        {
            case "text":
                if (block.Text("text"u8) is not { } text) return Fields.Invalid(place + ".text", "must be a text");
                contents.Add(CachePoint.Put(new TextContent(text), block));
                return null;
            case "thinking":
                // A text without a signature is no model's to take back; what a signature is worth, the codec decides.
                contents.Add(new TextReasoningContent(block.Text("thinking"u8)) { ProtectedData = block.Text("signature"u8) is { Length: > 0 } signature ? signature : null });
                return null;
            case "redacted_thinking":
                contents.Add(new TextReasoningContent("") { ProtectedData = block.Text("data"u8) });
                return null;
            case "image": return Add(ImageOf(block.Get("source"u8)), block, place, contents);
            case "document": return ReadDocument(block, place, contents);
            case "search_result":
                contents.Add(CachePoint.Put(new TextContent(TextOf(block)), block));
                return null;
            case "tool_use": return ReadCall(block, place, contents);
            case "tool_result": return ReadResult(block, place, contents);
            case "container_upload": return new AttemptFailure(FailureKind.Unsupported, $"{place}: files of a container cannot be used where the model speaks another dialect.");
            case null: return Fields.Invalid(place + ".type", "must be a text");
            default:
                // What a tool of the provider's was asked and answered.
                contents.Add(new AIContent { AdditionalProperties = new() { [BlockProperty] = block } });
                return null;
        }
    }

    private static AttemptFailure? ReadCall(JsonElement block, string place, List<AIContent> contents)
    {
        if (block.Text("id"u8) is not { Length: > 0 } id) return Fields.Invalid(place + ".id", "must be a text");
        if (block.Text("name"u8) is not { Length: > 0 } name) return Fields.Invalid(place + ".name", "must be a text");
        var call = new FunctionCallContent(id, name, CallArguments.Read(block.Get("input"u8)));
        CallState.PutFrom(contents, call);
        contents.Add(CachePoint.Put(call, block));
        return null;
    }

    private static AttemptFailure? ReadResult(JsonElement block, string place, List<AIContent> contents)
    {
        if (block.Text("tool_use_id"u8) is not { Length: > 0 } id) return Fields.Invalid(place + ".tool_use_id", "must be a text");
        JsonElement content = block.Get("content"u8);
        List<AIContent> parts = [];
        int index = 0;
        foreach (JsonElement part in block.Items("content"u8))
        {
            if (Read(part, $"{place}.content[{index++}]", parts) is { } failure) return failure;
        }

        // One text, unless there is more to it than its words.
        bool isText = parts.TrueForAll(static part => part is TextContent { AdditionalProperties: null });
        object result = content.ValueKind is JsonValueKind.String ? content.GetString()! : isText ? string.Concat(parts.Cast<TextContent>().Select(static part => part.Text)) : parts;
        contents.Add(CachePoint.Put(
            new FunctionResultContent(id, result) { Exception = block.Flag("is_error"u8) is true ? new InvalidOperationException("The tool failed.") : null }, block));
        return null;
    }

    private static AIContent? ImageOf(JsonElement source) => source.Text("type"u8) switch
    {
        "base64" => MediaParts.Decode(source.Text("data"u8), source.Text("media_type"u8)),
        "url" => source.Text("url"u8) is { } url ? MediaParts.Of(url, "image/*") : null,
        "file" => source.Text("file_id"u8) is { Length: > 0 } file ? new HostedFileContent(file) { MediaType = "image/*" } : null,
        _ => null,
    };

    /// <summary>Reads a document. One that is text becomes text, which each model takes.</summary>
    private static AttemptFailure? ReadDocument(JsonElement block, string place, List<AIContent> contents)
    {
        JsonElement source = block.Get("source"u8);
        string? title = block.Text("title"u8);
        if (block.Text("context"u8) is { Length: > 0 } context) contents.Add(new TextContent(context));
        switch (source.Text("type"u8))
        {
            case "text" when source.Text("data"u8) is { } text:
                contents.Add(CachePoint.Put(new TextContent(title is null ? text : $"{title}\n\n{text}"), block));
                return null;
            case "content":
                if (title is not null) contents.Add(new TextContent(title));
                if (source.Text("content"u8) is { } whole) contents.Add(new TextContent(whole));
                int index = 0;
                foreach (JsonElement part in source.Items("content"u8))
                {
                    if (Read(part, $"{place}.source.content[{index++}]", contents) is { } failure) return failure;
                }

                return null;
            case "base64": return Add(MediaParts.Decode(source.Text("data"u8), source.Text("media_type"u8), title), block, place, contents);
            case "url": return Add(source.Text("url"u8) is { } url ? MediaParts.Of(url, "application/pdf") : null, block, place, contents);
            case "file": return Add(source.Text("file_id"u8) is { Length: > 0 } file ? new HostedFileContent(file) { MediaType = "application/pdf", Name = title } : null, block, place, contents);
            default: return Fields.Invalid(place + ".source", "must be a source of type text, content, base64, url or file, with its data");
        }
    }

    private static string TextOf(JsonElement result) => string.Join(
        '\n',
        ((string?[])[result.Text("title"u8), result.Text("source"u8), .. result.Items("content"u8).Select(static part => part.Text("text"u8))]).OfType<string>());

    private static AttemptFailure? Add(AIContent? content, JsonElement block, string place, List<AIContent> contents)
    {
        if (content is null) return Fields.Invalid(place + ".source", "must be a source of type base64, url or file, with its data");
        contents.Add(CachePoint.Put(content, block));
        return null;
    }
}
