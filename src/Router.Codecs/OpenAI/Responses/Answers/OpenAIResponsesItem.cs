using System;
using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.CodeAnalysis;

namespace RouterGen.Codecs;

/// <summary>What an item of the output is.</summary>
[Embedded]
internal enum OpenAIItemType
{
    /// <summary>One that no content stands for: a tool that the provider ran, or what the API adds one day.</summary>
    Other,
    Message,
    Reasoning,
    FunctionCall,

    /// <summary>An image that the provider drew.</summary>
    Image,

    /// <summary>The question whether a server's tool may be called.</summary>
    Question,
}

/// <summary>An item of the output as it was read: whatever of its members there was, in whatever order.</summary>
[Embedded]
internal ref struct OpenAIResponsesItem
{
    public OpenAIItemType Type;
    public string? Id;
    public string? CallId;
    public string? Name;
    public string? Server;
    public string? Phase;
    public string? Format;
    public string? Encrypted;
    public string? Arguments;

    /// <summary>The image.</summary>
    public byte[]? Image;

    /// <summary>The lists of parts, and the whole item, as JSON.</summary>
    public ReadOnlySpan<byte> Content;
    public ReadOnlySpan<byte> Summary;
    public ReadOnlySpan<byte> Raw;

    /// <summary>Reads the object that the reader stands in.</summary>
    public static OpenAIResponsesItem Read(scoped ref Utf8JsonReader reader, ReadOnlySpan<byte> json)
    {
        var item = new OpenAIResponsesItem();
        int start = (int)reader.TokenStartIndex;
        bool typed = false;
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            if (OpenAIJson.Is(ref reader, "type"u8)) (item.Type, typed) = (TypeOf(CodecReader.ReadString(ref reader)), true);
            else if (OpenAIJson.Is(ref reader, "id"u8)) item.Id = CodecReader.ReadString(ref reader);
            else if (OpenAIJson.Is(ref reader, "call_id"u8)) item.CallId = CodecReader.ReadString(ref reader) is { Length: > 0 } id ? id : null;
            else if (OpenAIJson.Is(ref reader, "name"u8)) item.Name = CodecReader.ReadString(ref reader) is { Length: > 0 } name ? name : null;
            else if (OpenAIJson.Is(ref reader, "server_label"u8)) item.Server = CodecReader.ReadString(ref reader);
            else if (OpenAIJson.Is(ref reader, "phase"u8)) item.Phase = CodecReader.ReadString(ref reader);
            else if (OpenAIJson.Is(ref reader, "output_format"u8)) item.Format = CodecReader.ReadString(ref reader);
            else if (OpenAIJson.Is(ref reader, "encrypted_content"u8)) item.Encrypted = CodecReader.ReadString(ref reader);
            else if (OpenAIJson.Is(ref reader, "arguments"u8)) item.Arguments = ReadArguments(ref reader, json);
            else if (OpenAIJson.Is(ref reader, "result"u8)) item.Image = ReadImage(ref reader);
            else if (OpenAIJson.Is(ref reader, "content"u8)) item.Content = CodecReader.ReadRaw(ref reader, json);
            else if (OpenAIJson.Is(ref reader, "summary"u8)) item.Summary = CodecReader.ReadRaw(ref reader, json);
            else CodecReader.SkipValue(ref reader);
        }

        item.Raw = json[start..(int)reader.BytesConsumed];
        if (!typed && !item.Content.IsEmpty) item.Type = OpenAIItemType.Message;
        if (item.Type is OpenAIItemType.Image && item.Image is null or { Length: 0 }) item.Type = OpenAIItemType.Other;
        if (item.Type is OpenAIItemType.Question && (string.IsNullOrWhiteSpace(item.Id) || string.IsNullOrWhiteSpace(item.Name))) item.Type = OpenAIItemType.Other;
        return item;
    }

    /// <summary>
    /// Returns a reasoning item as JSON, for the model to have it back; null where it holds nothing that could go back: a summary is for the caller.
    /// </summary>
    /// <exception cref="InvalidOperationException">A string in it is no text.</exception>
    public readonly string? ToReasoningJson()
    {
        bool hasContent = IsFilled(Content);
        if (Encrypted is not { Length: > 0 } && !hasContent) return null;
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteString("type"u8, "reasoning"u8);
            if (Id is { Length: > 0 }) json.WriteString("id"u8, Id);
            json.WritePropertyName("summary"u8); // The API demands it, if it is empty.
            Copy(json, IsFilled(Summary) ? Summary : "[]"u8);
            if (hasContent)
            {
                json.WritePropertyName("content"u8);
                Copy(json, Content);
            }

            if (Encrypted is { Length: > 0 }) json.WriteString("encrypted_content"u8, Encrypted);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>Returns the whole item as JSON of its own, which can be written again.</summary>
    /// <exception cref="InvalidOperationException">A string in it is no text.</exception>
    public readonly JsonElement ToElement()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping })) Copy(json, Raw);
        var reader = new Utf8JsonReader(buffer.WrittenSpan);
        return JsonElement.ParseValue(ref reader);
    }

    private static void Copy(Utf8JsonWriter json, ReadOnlySpan<byte> value)
    {
        var reader = new Utf8JsonReader(value);
        using JsonDocument document = JsonDocument.ParseValue(ref reader);
        document.RootElement.WriteTo(json);
    }

    private static bool IsFilled(ReadOnlySpan<byte> list) => list.Length > 2 && list[0] == '[' && list[1..].TrimStart(" \t\r\n"u8)[0] != ']';

    private static OpenAIItemType TypeOf(string? type) => type switch
    {
        "message" => OpenAIItemType.Message,
        "reasoning" => OpenAIItemType.Reasoning,
        "function_call" => OpenAIItemType.FunctionCall,
        "image_generation_call" => OpenAIItemType.Image,
        "mcp_approval_request" => OpenAIItemType.Question,
        _ => OpenAIItemType.Other,
    };

    /// <summary>Steps to a member's value: JSON within a string. Some servers send the object itself.</summary>
    private static string? ReadArguments(scoped ref Utf8JsonReader reader, ReadOnlySpan<byte> json)
    {
        Utf8JsonReader ahead = reader;
        ahead.Read();
        return ahead.TokenType is JsonTokenType.StartObject ? Encoding.UTF8.GetString(CodecReader.ReadRaw(ref reader, json)) : CodecReader.ReadString(ref reader);
    }

    private static byte[]? ReadImage(scoped ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType is JsonTokenType.String && reader.TryGetBytesFromBase64(out byte[]? image)) return image;
        reader.Skip();
        return null;
    }
}
