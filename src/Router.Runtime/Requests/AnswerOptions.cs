using System.Text.Json;
using Microsoft.Extensions.AI;

namespace RouterGen;

/// <summary>Makes the options of a request that asks for a structured answer by one mechanism.</summary>
internal static class AnswerOptions
{
    private const string ToolSuffix = "_answer";

    /// <summary>Returns a copy of the caller's options that asks for the answer. A format that the caller's options state has no effect.</summary>
    public static ChatOptions For(AnswerMechanism mechanism, AnswerFormat format, ChatOptions? callers)
    {
        ChatOptions options = callers?.Clone() ?? new ChatOptions();
        options.ResponseFormat = null;
        switch (mechanism)
        {
            case AnswerMechanism.JsonSchema:
                options.ResponseFormat = format.ResponseFormat;
                break;

            case AnswerMechanism.Tool:
                string name = ToolNameFor(format, callers);
                bool isAlone = callers is not { Tools.Count: > 0 } || callers.ToolMode is NoneChatToolMode;
                options.Tools = [.. callers?.Tools ?? [], new AnswerTool(name, format)];
                options.ToolMode = isAlone ? ChatToolMode.RequireSpecific(name) : ChatToolMode.RequireAny;
                break;

            default:
                options.Instructions = string.IsNullOrEmpty(options.Instructions) ? format.Instruction : options.Instructions + "\n\n" + format.Instruction;
                break;
        }

        return options;
    }

    /// <summary>Returns the name of the tool whose arguments are the answer: no tool of the caller has it.</summary>
    public static string ToolNameFor(AnswerFormat format, ChatOptions? callers)
    {
        string name = format.Name;
        while (callers?.Tools is { } tools && tools.Any(tool => tool.Name == name)) name += ToolSuffix;
        return name;
    }

    /// <summary>The tool whose arguments are the answer.</summary>
    private sealed class AnswerTool(string name, AnswerFormat format) : AIFunctionDeclaration
    {
        public override string Name => name;

        public override string Description => format.Description ?? "Gives the answer. Call it once, with the whole answer.";

        public override JsonElement JsonSchema => format.Schema;
    }
}
