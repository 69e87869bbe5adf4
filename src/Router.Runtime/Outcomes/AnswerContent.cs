using Microsoft.Extensions.AI;

namespace RouterGen;

/// <summary>Tells what of an answer is something that its reader may act on.</summary>
internal static class AnswerContent
{
    /// <summary>Returns whether an update carries something.</summary>
    public static bool HasContent(ChatResponseUpdate? update)
    {
        if (update is null) return false;
        foreach (AIContent content in update.Contents)
        {
            if (HoldsSomething(content)) return true;
        }

        return false;
    }

    /// <summary>Returns whether a content is something of an answer: usage, and an empty text, which may have sources, are not.</summary>
    public static bool HoldsSomething(AIContent content) => content is not (UsageContent or TextContent { Text.Length: 0 });
}
