using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;
using RouterGen.Gateway.Dialects.Shared;

namespace RouterGen.Gateway.Dialects.OpenAIResponses;

/// <summary>What an item of the output is.</summary>
internal enum ResponsesItemKind
{
    /// <summary>A message with a text.</summary>
    Text,

    /// <summary>A message that refuses to answer.</summary>
    Refusal,
    Reasoning,
    Call,
    Image,
}

/// <summary>An item of the output, which grows as long as it is the last.</summary>
internal sealed class OpenAIResponsesItem(ResponsesItemKind kind, string id)
{
    /// <summary>Gets what it is.</summary>
    public ResponsesItemKind Kind => kind;

    /// <summary>Gets its id.</summary>
    public string Id => id;

    /// <summary>Gets its text, refusal or summary.</summary>
    public StringBuilder Text { get; } = new();

    /// <summary>Gets the sources of its text.</summary>
    public List<(CitationAnnotation Source, int Start, int End)> Sources { get; } = [];

    /// <summary>Gets or sets what the model wants back.</summary>
    public string? State { get; set; }

    /// <summary>Gets the call; null where it is none.</summary>
    public FunctionCallContent? Call { get; init; }

    /// <summary>Gets the tool that is called, where that is more than a function; null where it is none.</summary>
    public ResponsesTool? Tool { get; init; }

    /// <summary>Gets the image; null where it is none.</summary>
    public DataContent? Image { get; init; }

    /// <summary>Gets whether it is the call of a tool that takes a text.</summary>
    public bool IsCustom => Tool is { IsCustom: true };

    /// <summary>Gets what the tool is called with: a text, or JSON.</summary>
    public string Input
    {
        get
        {
            if (!IsCustom) return CallArguments.TextOf(Call!);
            object? input = Call!.Arguments?.TryGetValue(CalledTools.InputName, out object? value) is true ? value : null;
            return input is JsonElement { ValueKind: JsonValueKind.String } element ? element.GetString()! : input as string ?? CallArguments.TextOf(Call);
        }
    }

    /// <summary>Writes the item.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="isWhole">Whether all of it has come; else only that it begins.</param>
    public void Write(Utf8JsonWriter json, bool isWhole)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, id);
        switch (kind)
        {
            case ResponsesItemKind.Reasoning: WriteReasoning(json, isWhole); break;
            case ResponsesItemKind.Call: WriteCall(json, isWhole); break;
            case ResponsesItemKind.Image:
                json.WriteString("type"u8, "image_generation_call"u8);
                WriteStatus(json, isWhole);
                json.WriteString("result"u8, isWhole ? Convert.ToBase64String(Image!.Data.Span) : null);
                break;
            default:
                json.WriteString("type"u8, "message"u8);
                WriteStatus(json, isWhole);
                json.WriteString("role"u8, "assistant"u8);
                json.WriteStartArray("content"u8);
                if (isWhole) WritePart(json, isWhole);
                json.WriteEndArray();
                break;
        }

        json.WriteEndObject();
    }

    /// <summary>Writes the one part of a message or of thoughts.</summary>
    public void WritePart(Utf8JsonWriter json, bool isWhole)
    {
        string text = isWhole ? Text.ToString() : "";
        json.WriteStartObject();
        if (kind is ResponsesItemKind.Refusal)
        {
            json.WriteString("type"u8, "refusal"u8);
            json.WriteString("refusal"u8, text);
        }
        else
        {
            json.WriteString("type"u8, kind is ResponsesItemKind.Reasoning ? "summary_text"u8 : "output_text"u8);
            if (kind is ResponsesItemKind.Text) WriteSources(json, isWhole);
            json.WriteString("text"u8, text);
        }

        json.WriteEndObject();
    }

    /// <summary>Writes a source of the text.</summary>
    public static void WriteSource(Utf8JsonWriter json, (CitationAnnotation Source, int Start, int End) source)
    {
        json.WriteStartObject();
        json.WriteString("type"u8, "url_citation"u8);
        json.WriteNumber("start_index"u8, source.Start);
        json.WriteNumber("end_index"u8, source.End);
        json.WriteString("url"u8, source.Source.Url!.ToString());
        json.WriteString("title"u8, source.Source.Title ?? "");
        json.WriteEndObject();
    }

    private void WriteReasoning(Utf8JsonWriter json, bool isWhole)
    {
        json.WriteString("type"u8, "reasoning"u8);
        json.WriteStartArray("summary"u8);
        if (isWhole && Text.Length > 0) WritePart(json, isWhole);
        json.WriteEndArray();
        if (isWhole && State is not null) json.WriteString("encrypted_content"u8, State);
    }

    private void WriteCall(Utf8JsonWriter json, bool isWhole)
    {
        json.WriteString("type"u8, IsCustom ? "custom_tool_call"u8 : "function_call"u8);
        WriteStatus(json, isWhole);
        json.WriteString("call_id"u8, Call!.CallId);
        json.WriteString("name"u8, Tool?.OwnName ?? Call.Name);
        if (CalledTools.IsNamed(Tool?.Space)) json.WriteString("namespace"u8, Tool!.Space);
        json.WriteString(IsCustom ? "input"u8 : "arguments"u8, isWhole ? Input : "");
    }

    private void WriteSources(Utf8JsonWriter json, bool isWhole)
    {
        json.WriteStartArray("annotations"u8);
        if (isWhole)
        {
            foreach ((CitationAnnotation, int, int) source in Sources) WriteSource(json, source);
        }

        json.WriteEndArray();
        json.WriteStartArray("logprobs"u8);
        json.WriteEndArray();
    }

    private static void WriteStatus(Utf8JsonWriter json, bool isWhole) => json.WriteString("status"u8, isWhole ? "completed"u8 : "in_progress"u8);
}
