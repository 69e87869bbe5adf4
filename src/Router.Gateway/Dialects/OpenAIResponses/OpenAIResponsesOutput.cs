using System.Globalization;
using Microsoft.Extensions.AI;
using RouterGen.Gateway.Dialects.Shared;

namespace RouterGen.Gateway.Dialects.OpenAIResponses;

/// <summary>Makes items of an answer's contents: of all at once, or of a stream's as they come.</summary>
/// <param name="response">The id of the response, of which those of its items are made.</param>
/// <param name="tools">The tools that are more than functions.</param>
internal sealed class OpenAIResponsesOutput(string response, Dictionary<string, ResponsesTool> tools)
{
    private readonly List<OpenAIResponsesItem> _items = [];

    /// <summary>Gets the items.</summary>
    public IReadOnlyList<OpenAIResponsesItem> All => _items;

    /// <summary>Gets the item that is not complete; null where there is none.</summary>
    public OpenAIResponsesItem? Open { get; private set; }

    /// <summary>Gets or sets what is told that an item begins.</summary>
    public Action<OpenAIResponsesItem>? Begun { get; set; }

    /// <summary>Gets or sets what is told that a text has come.</summary>
    public Action<OpenAIResponsesItem, string>? Grown { get; set; }

    /// <summary>Gets or sets what is told that a text has a source.</summary>
    public Action<OpenAIResponsesItem>? Sourced { get; set; }

    /// <summary>Gets or sets what is told that an item is complete.</summary>
    public Action<OpenAIResponsesItem>? Ended { get; set; }

    /// <summary>Adds a content. What is no part of an answer is passed over.</summary>
    public void Add(AIContent content)
    {
        switch (content)
        {
            case TextContent text:
                if (text.Text.Length > 0) Grow(ResponsesItemKind.Text, text.Text);
                AddSources(text);
                break;
            case TextReasoningContent thought:
                if (thought.Text.Length > 0) Grow(ResponsesItemKind.Reasoning, thought.Text);
                if (thought.ProtectedData is { } state) AddState(state);
                break;
            case ErrorContent { ErrorCode: "Refusal" } refusal:
                Grow(ResponsesItemKind.Refusal, refusal.Message);
                break;
            case FunctionCallContent call:
                if (CallState.Of(call) is { } kept)
                {
                    End();
                    AddState(kept);
                }

                Begin(new(ResponsesItemKind.Call, NextId(tools.TryGetValue(call.Name, out ResponsesTool? tool) && tool.IsCustom ? "ctc" : "fc")) { Call = call, Tool = tool });
                End();
                break;
            case DataContent data when data.HasTopLevelMediaType("image"):
                Begin(new(ResponsesItemKind.Image, NextId("ig")) { Image = data });
                End();
                break;
        }
    }

    /// <summary>Ends the item that is not complete.</summary>
    public void End()
    {
        if (Open is not { } open) return;
        Open = null;
        Ended?.Invoke(open);
    }

    private void Grow(ResponsesItemKind kind, string text)
    {
        if (Open?.Kind != kind) Begin(new(kind, NextId(kind is ResponsesItemKind.Reasoning ? "rs" : "msg")));
        Open!.Text.Append(text);
        Grown?.Invoke(Open, text);
    }

    // State ends the thoughts that it belongs to.
    private void AddState(string state)
    {
        if (Open?.Kind is not ResponsesItemKind.Reasoning) Begin(new(ResponsesItemKind.Reasoning, NextId("rs")));
        Open!.State = state;
        End();
    }

    // Where in the text a source belongs is not known in all dialects; then it belongs to all of the piece that it came with.
    private void AddSources(TextContent text)
    {
        if (Open?.Kind is not ResponsesItemKind.Text) return;
        foreach (CitationAnnotation source in text.Annotations?.OfType<CitationAnnotation>() ?? [])
        {
            if (source.Url is null) continue;
            Open.Sources.Add((source, Open.Text.Length - text.Text.Length, Open.Text.Length));
            Sourced?.Invoke(Open);
        }
    }

    private void Begin(OpenAIResponsesItem item)
    {
        End();
        _items.Add(item);
        Open = item;
        Begun?.Invoke(item);
    }

    private string NextId(string prefix) => string.Create(CultureInfo.InvariantCulture, $"{prefix}_{response["resp_".Length..]}_{_items.Count}");
}
