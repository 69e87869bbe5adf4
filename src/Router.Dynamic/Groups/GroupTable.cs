using RouterGen.Infrastructure;

namespace RouterGen.Dynamic.Groups;

/// <summary>The groups of each kind of call, as the generator would emit them, without members for their deployments.</summary>
internal static class GroupTable
{
    private static readonly Dictionary<CallKind, Func<RouterContext, GroupDefinition, FallbackGroups, ModelGroup>> All = new()
    {
        [CallKind.Chat] = static (context, definition, fallbacks) => new Chat(context, definition, fallbacks),
        [CallKind.Embeddings] = static (context, definition, fallbacks) => new Embeddings(context, definition, fallbacks),
        [CallKind.Images] = static (context, definition, fallbacks) => new Images(context, definition, fallbacks),
        [CallKind.Transcription] = static (context, definition, fallbacks) => new Transcription(context, definition, fallbacks),
        [CallKind.Speech] = static (context, definition, fallbacks) => new Speech(context, definition, fallbacks),
        [CallKind.Rerank] = static (context, definition, fallbacks) => new Rerank(context, definition, fallbacks),
        [CallKind.Moderation] = static (context, definition, fallbacks) => new Moderation(context, definition, fallbacks),
        [CallKind.Completion] = static (context, definition, fallbacks) => new Completion(context, definition, fallbacks),
    };

    /// <summary>Returns a group of a kind.</summary>
    public static ModelGroup Make(CallKind kind, RouterContext context, GroupDefinition definition, FallbackGroups fallbacks) => All[kind](context, definition, fallbacks);

    private sealed class Chat(RouterContext context, GroupDefinition definition, FallbackGroups fallbacks) : ChatGroup(context, definition)
    {
        protected override ModelGroup[] Fallbacks => fallbacks.Any;

        protected override ModelGroup[] ContextWindowFallbacks => fallbacks.LargerWindow;

        protected override ModelGroup[] ContentPolicyFallbacks => fallbacks.OtherPolicy;
    }

    private sealed class Embeddings(RouterContext context, GroupDefinition definition, FallbackGroups fallbacks) : EmbeddingGroup(context, definition)
    {
        protected override ModelGroup[] Fallbacks => fallbacks.Any;

        protected override ModelGroup[] ContextWindowFallbacks => fallbacks.LargerWindow;

        protected override ModelGroup[] ContentPolicyFallbacks => fallbacks.OtherPolicy;
    }

    private sealed class Images(RouterContext context, GroupDefinition definition, FallbackGroups fallbacks) : ImageGroup(context, definition)
    {
        protected override ModelGroup[] Fallbacks => fallbacks.Any;

        protected override ModelGroup[] ContextWindowFallbacks => fallbacks.LargerWindow;

        protected override ModelGroup[] ContentPolicyFallbacks => fallbacks.OtherPolicy;
    }

    private sealed class Transcription(RouterContext context, GroupDefinition definition, FallbackGroups fallbacks) : TranscriptionGroup(context, definition)
    {
        protected override ModelGroup[] Fallbacks => fallbacks.Any;

        protected override ModelGroup[] ContextWindowFallbacks => fallbacks.LargerWindow;

        protected override ModelGroup[] ContentPolicyFallbacks => fallbacks.OtherPolicy;
    }

    private sealed class Speech(RouterContext context, GroupDefinition definition, FallbackGroups fallbacks) : SpeechGroup(context, definition)
    {
        protected override ModelGroup[] Fallbacks => fallbacks.Any;

        protected override ModelGroup[] ContextWindowFallbacks => fallbacks.LargerWindow;

        protected override ModelGroup[] ContentPolicyFallbacks => fallbacks.OtherPolicy;
    }

    private sealed class Rerank(RouterContext context, GroupDefinition definition, FallbackGroups fallbacks) : RerankGroup(context, definition)
    {
        protected override ModelGroup[] Fallbacks => fallbacks.Any;

        protected override ModelGroup[] ContextWindowFallbacks => fallbacks.LargerWindow;

        protected override ModelGroup[] ContentPolicyFallbacks => fallbacks.OtherPolicy;
    }

    private sealed class Moderation(RouterContext context, GroupDefinition definition, FallbackGroups fallbacks) : ModerationGroup(context, definition)
    {
        protected override ModelGroup[] Fallbacks => fallbacks.Any;

        protected override ModelGroup[] ContextWindowFallbacks => fallbacks.LargerWindow;

        protected override ModelGroup[] ContentPolicyFallbacks => fallbacks.OtherPolicy;
    }

    private sealed class Completion(RouterContext context, GroupDefinition definition, FallbackGroups fallbacks) : CompletionGroup(context, definition)
    {
        protected override ModelGroup[] Fallbacks => fallbacks.Any;

        protected override ModelGroup[] ContextWindowFallbacks => fallbacks.LargerWindow;

        protected override ModelGroup[] ContentPolicyFallbacks => fallbacks.OtherPolicy;
    }
}
