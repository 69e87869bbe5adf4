using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;
using RouterGen.Gateway.Dialects.Shared;
using RouterGen.Infrastructure;

namespace RouterGen.Gateway.Dialects.Anthropic;

/// <summary>Writes an answer as a message: https://platform.claude.com/docs/en/api/messages.</summary>
internal static class AnthropicAnswer
{
    /// <summary>Writes the whole body.</summary>
    public static void Write(Utf8JsonWriter json, RelayedRequest request, RoutedResponse answer)
    {
        AIContent[] contents = [.. answer.Messages.SelectMany(static message => message.Contents)];
        json.WriteStartObject();
        AnthropicParts.WriteHead(json, AnthropicParts.IdOf(answer.ResponseId, request), answer.ModelId ?? request.Model);
        json.WriteStartArray("content"u8);
        new Blocks(json).Write(contents);
        json.WriteEndArray();
        json.WriteString("stop_reason"u8, AnthropicParts.ReasonOf(answer.FinishReason, contents.Any(AnthropicParts.IsCall), contents.Any(AnthropicParts.IsRefusal)));
        json.WriteNull("stop_sequence"u8);
        json.WritePropertyName("usage"u8);
        AnthropicParts.WriteUsage(json, answer.Usage);
        json.WriteEndObject();
    }

    /// <summary>Writes contents as blocks: neighbouring texts are one, and thoughts end with what their model wants back.</summary>
    private sealed class Blocks(Utf8JsonWriter json)
    {
        private readonly StringBuilder _text = new();
        private readonly StringBuilder _thoughts = new();

        public void Write(AIContent[] contents)
        {
            foreach (AIContent content in contents)
            {
                if (content is TextReasoningContent thought)
                {
                    EndText();
                    _thoughts.Append(thought.Text);
                    if (thought.ProtectedData is { } state) EndThoughts(state);
                    continue;
                }

                if (AnthropicParts.TextOf(content) is { } text)
                {
                    if (text.Length > 0) EndThoughts();
                    _text.Append(text);
                    continue;
                }

                if (!AnthropicParts.IsBlock(content)) continue;
                EndThoughts();
                EndText();
                if (content is FunctionCallContent call) WriteCall(call);
                else AnthropicParts.BlockOf(content)!.Value.WriteTo(json);
            }

            EndThoughts();
            EndText();
        }

        private void WriteCall(FunctionCallContent call)
        {
            if (CallState.Of(call) is { } state) WriteRedacted(state);
            json.WriteStartObject();
            AnthropicParts.WriteCallHead(json, call);
            json.WritePropertyName("input"u8);
            CallArguments.Write(json, call.Arguments);
            json.WriteEndObject();
        }

        private void EndText()
        {
            if (_text.Length == 0) return;
            json.WriteStartObject();
            json.WriteString("type"u8, "text"u8);
            json.WriteString("text"u8, _text.ToString());
            json.WriteEndObject();
            _text.Clear();
        }

        private void EndThoughts(string? state = null)
        {
            if (_thoughts.Length == 0)
            {
                if (state is not null) WriteRedacted(state);
                return;
            }

            json.WriteStartObject();
            json.WriteString("type"u8, "thinking"u8);
            json.WriteString("thinking"u8, _thoughts.ToString());
            json.WriteString("signature"u8, state ?? "");
            json.WriteEndObject();
            _thoughts.Clear();
        }

        private void WriteRedacted(string state)
        {
            json.WriteStartObject();
            AnthropicParts.WriteRedacted(json, state);
            json.WriteEndObject();
        }
    }
}
