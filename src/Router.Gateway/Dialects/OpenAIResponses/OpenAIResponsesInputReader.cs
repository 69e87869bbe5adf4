using System.Text.Json;
using Microsoft.Extensions.AI;
using RouterGen.Gateway.Dialects.Shared;
using RouterGen.Infrastructure;

namespace RouterGen.Gateway.Dialects.OpenAIResponses;

/// <summary>Reads the input of a Responses request: a flat list of items, of which those that one speaker says together become one message.</summary>
/// <param name="request">The request, which learns what is left out.</param>
internal sealed class OpenAIResponsesInputReader(RelayedRequest request)
{
    private readonly List<ChatMessage> _messages = [];

    /// <summary>Reads the conversation.</summary>
    /// <returns>Null, or what is wrong with it.</returns>
    public AttemptFailure? Read(JsonElement input, out IReadOnlyList<ChatMessage> messages)
    {
        messages = _messages;
        if (input.ValueKind is JsonValueKind.String)
        {
            _messages.Add(new ChatMessage(ChatRole.User, input.GetString()));
            return null;
        }

        if (input.ValueKind is not JsonValueKind.Array || input.GetArrayLength() == 0) return Fields.Invalid("input", "must be a text or an array with at least one item");
        int place = 0;
        foreach (JsonElement item in input.EnumerateArray())
        {
            if (ReadItem(item, $"input[{place++}]") is { } failure) return failure;
        }

        return _messages.Count == 0 ? Fields.Invalid("input", "must hold at least one message") : null;
    }

    private AttemptFailure? ReadItem(JsonElement item, string place)
    {
        switch (item.Text("type"u8) ?? (item.Text("role"u8) is null ? null : "message"))
        {
            case "message": return ReadMessage(item, place);
            case "reasoning":
                Said(ChatRole.Assistant).Add(ThoughtsOf(item));
                return null;
            case "function_call": return ReadCall(item, place);
            case "custom_tool_call": return AddCall(item, place, item.Text("name"u8), new() { [CalledTools.InputName] = item.Text("input"u8) ?? "" });
            case "local_shell_call": return AddCall(item, place, "local_shell", CallArguments.Read(item.Get("action"u8)));
            case "function_call_output" or "custom_tool_call_output" or "local_shell_call_output": return ReadOutput(item, place);
            case "image_generation_call" when MediaParts.Decode(item.Text("result"u8), "image/png") is { } image:
                Said(ChatRole.Assistant).Add(image);
                return null;
            case "web_search_call" or "file_search_call" or "code_interpreter_call" or "image_generation_call" or "mcp_list_tools" or "mcp_call" or "tool_search_call" or "tool_search_output":
                request.NoteLeftOut(place + ": left out"); // what a tool of OpenAI's did: the answer has been made of it
                return null;
            case "item_reference": return Unsupported(place, "the item is not kept here, so that it cannot be referred to: send the item itself");
            case { } other: return Unsupported(place, $"an item of type '{other}' can be used only where the model speaks this dialect");
            default: return Fields.Invalid(place + ".type", "must be a text");
        }
    }

    private AttemptFailure? ReadMessage(JsonElement item, string place)
    {
        ChatRole? role = item.Text("role"u8) switch { "user" => ChatRole.User, "assistant" => ChatRole.Assistant, "system" or "developer" => ChatRole.System, _ => null };
        if (role is not { } speaker) return Fields.Invalid(place + ".role", "must be user, assistant, system or developer");
        List<AIContent> contents = [];
        if (ReadParts(item.Get("content"u8), place + ".content", contents) is { } failure) return failure;
        if (speaker == ChatRole.Assistant) ((List<AIContent>)Said(speaker)).AddRange(contents);
        else _messages.Add(new ChatMessage(speaker, contents));
        return null;
    }

    private static AttemptFailure? ReadParts(JsonElement content, string place, List<AIContent> contents)
    {
        if (content.ValueKind is JsonValueKind.String) contents.Add(new TextContent(content.GetString()));
        if (content.ValueKind is JsonValueKind.String or JsonValueKind.Undefined) return null;
        if (content.ValueKind is not JsonValueKind.Array) return Fields.Invalid(place, "must be a text or an array of parts");
        int index = 0;
        foreach (JsonElement part in content.EnumerateArray())
        {
            if (PartOf(part) is not { } read) return Fields.Invalid($"{place}[{index}]", "must be a part of type input_text, input_image, input_file, input_audio, output_text or refusal, with its data");
            contents.Add(read);
            index++;
        }

        return null;
    }

    private static AIContent? PartOf(JsonElement part)
    {
        switch (part.Text("type"u8))
        {
            case "input_text" or "output_text" or "text" or "summary_text": return part.Text("text"u8) is { } text ? new TextContent(text) : null;
            case "refusal": return part.Text("refusal"u8) is { } refusal ? new ErrorContent(refusal) { ErrorCode = "Refusal" } : null;
            case "input_image":
                AIContent? image = part.Text("image_url"u8) is { } url ? MediaParts.Of(url, "image/*") : FileOf(part, "image/*");
                if (image is not null && part.Text("detail"u8) is { } detail) (image.AdditionalProperties ??= [])["detail"] = detail;
                return image;
            case "input_file":
                if (FileOf(part, null) is { } file) return file;
                if (part.Text("file_url"u8) is { } address) return MediaParts.Of(address, "application/pdf");
                DataContent? data = part.Text("file_data"u8) is { } uri ? MediaParts.Of(uri, "application/octet-stream") as DataContent : null;
                data?.Name = part.Text("filename"u8);
                return data;
            case "input_audio":
                JsonElement audio = part.Get("input_audio"u8);
                return MediaParts.Decode(audio.Text("data"u8), audio.Text("format"u8) is "mp3" ? "audio/mpeg" : "audio/wav");
            default: return null;
        }
    }

    private static HostedFileContent? FileOf(JsonElement part, string? mediaType) => part.Text("file_id"u8) is { Length: > 0 } id ? new HostedFileContent(id) { MediaType = mediaType } : null;

    /// <summary>Reads thoughts of an earlier answer: what a model wants back is a text that means nothing here.</summary>
    private static TextReasoningContent ThoughtsOf(JsonElement item)
    {
        IEnumerable<string> texts = item.Items("summary"u8).Concat(item.Items("content"u8)).Select(static part => part.Text("text"u8)).OfType<string>();
        return new TextReasoningContent(string.Join("\n\n", texts)) { ProtectedData = item.Text("encrypted_content"u8) is { Length: > 0 } state ? state : null };
    }

    private AttemptFailure? ReadCall(JsonElement item, string place)
    {
        // What a model wrote amiss is in the conversation all the same, with the client's complaint about it.
        string text = item.Text("arguments"u8) ?? "";
        Dictionary<string, object?> arguments = CallArguments.Parse(text) ?? new() { ["invalid_json"] = text };
        string? name = item.Text("name"u8);
        return AddCall(item, place, name is null ? null : CalledTools.NameOf(item.Text("namespace"u8), name), arguments);
    }

    private AttemptFailure? AddCall(JsonElement item, string place, string? name, Dictionary<string, object?> arguments)
    {
        if ((item.Text("call_id"u8) ?? item.Text("id"u8)) is not { Length: > 0 } id) return Fields.Invalid(place + ".call_id", "must be a text");
        if (name is not { Length: > 0 }) return Fields.Invalid(place + ".name", "must be a text");
        var call = new FunctionCallContent(id, name, arguments);
        IList<AIContent> said = Said(ChatRole.Assistant);
        CallState.PutFrom((List<AIContent>)said, call);
        said.Add(call);
        return null;
    }

    private AttemptFailure? ReadOutput(JsonElement item, string place)
    {
        if ((item.Text("call_id"u8) ?? item.Text("id"u8)) is not { Length: > 0 } id) return Fields.Invalid(place + ".call_id", "must be a text");
        List<AIContent> parts = [];
        JsonElement output = item.Get("output"u8);
        if (output.ValueKind is JsonValueKind.Object) parts.Add(new TextContent(output.GetRawText()));
        else if (ReadParts(output, place + ".output", parts) is { } failure) return failure;
        object result = parts.TrueForAll(static part => part is TextContent) ? string.Concat(parts.Cast<TextContent>().Select(static part => part.Text)) : parts;
        Said(ChatRole.Tool).Add(new FunctionResultContent(id, result));
        return null;
    }

    /// <summary>Returns what a speaker has said last, so that it goes on.</summary>
    private IList<AIContent> Said(ChatRole role)
    {
        if (_messages is not [.., { } last] || last.Role != role) _messages.Add(last = new ChatMessage(role, (List<AIContent>)[]));
        return last.Contents;
    }

    private static AttemptFailure Unsupported(string place, string why) => new(FailureKind.Unsupported, $"{place}: {why}.");
}
