using RouterGen.Infrastructure;

namespace RouterGen.Dynamic.Groups;

/// <summary>The groups of each kind of call, as the generator would emit them, without members for their deployments.</summary>
internal static class GroupTable
{
    private static readonly Dictionary<CallKind, Func<RouterContext, GroupDefinition, FallbackGroups, ModelGroup>> All = new()
    {
        [CallKind.Chat] = static (context, definition, fallbacks) => new DeclaredChat(context, definition, fallbacks),
        [CallKind.Embeddings] = static (context, definition, fallbacks) => new DeclaredEmbeddings(context, definition, fallbacks),
        [CallKind.Images] = static (context, definition, fallbacks) => new DeclaredImages(context, definition, fallbacks),
        [CallKind.Transcription] = static (context, definition, fallbacks) => new DeclaredTranscription(context, definition, fallbacks),
        [CallKind.Speech] = static (context, definition, fallbacks) => new DeclaredSpeech(context, definition, fallbacks),
        [CallKind.Rerank] = static (context, definition, fallbacks) => new DeclaredRerank(context, definition, fallbacks),
        [CallKind.Moderation] = static (context, definition, fallbacks) => new DeclaredModeration(context, definition, fallbacks),
        [CallKind.Completion] = static (context, definition, fallbacks) => new DeclaredCompletion(context, definition, fallbacks),
    };

    /// <summary>Returns a group of a kind.</summary>
    public static ModelGroup Make(CallKind kind, RouterContext context, GroupDefinition definition, FallbackGroups fallbacks) => All[kind](context, definition, fallbacks);

    private sealed class DeclaredChat(RouterContext context, GroupDefinition definition, FallbackGroups fallbacks) : ChatGroup(context, definition)
    {
        protected override ModelGroup[] Fallbacks => fallbacks.Any;

        protected override ModelGroup[] ContextWindowFallbacks => fallbacks.LargerWindow;

        protected override ModelGroup[] ContentPolicyFallbacks => fallbacks.OtherPolicy;
    }

    private sealed class DeclaredEmbeddings(RouterContext context, GroupDefinition definition, FallbackGroups fallbacks) : EmbeddingGroup(context, definition)
    {
        protected override ModelGroup[] Fallbacks => fallbacks.Any;

        protected override ModelGroup[] ContextWindowFallbacks => fallbacks.LargerWindow;

        protected override ModelGroup[] ContentPolicyFallbacks => fallbacks.OtherPolicy;
    }

    private sealed class DeclaredImages(RouterContext context, GroupDefinition definition, FallbackGroups fallbacks) : ImageGroup(context, definition)
    {
        protected override ModelGroup[] Fallbacks => fallbacks.Any;

        protected override ModelGroup[] ContextWindowFallbacks => fallbacks.LargerWindow;

        protected override ModelGroup[] ContentPolicyFallbacks => fallbacks.OtherPolicy;
    }

    private sealed class DeclaredTranscription(RouterContext context, GroupDefinition definition, FallbackGroups fallbacks) : TranscriptionGroup(context, definition)
    {
        protected override ModelGroup[] Fallbacks => fallbacks.Any;

        protected override ModelGroup[] ContextWindowFallbacks => fallbacks.LargerWindow;

        protected override ModelGroup[] ContentPolicyFallbacks => fallbacks.OtherPolicy;
    }

    private sealed class DeclaredSpeech(RouterContext context, GroupDefinition definition, FallbackGroups fallbacks) : SpeechGroup(context, definition)
    {
        protected override ModelGroup[] Fallbacks => fallbacks.Any;

        protected override ModelGroup[] ContextWindowFallbacks => fallbacks.LargerWindow;

        protected override ModelGroup[] ContentPolicyFallbacks => fallbacks.OtherPolicy;
    }

    private sealed class DeclaredRerank(RouterContext context, GroupDefinition definition, FallbackGroups fallbacks) : RerankGroup(context, definition)
    {
        protected override ModelGroup[] Fallbacks => fallbacks.Any;

        protected override ModelGroup[] ContextWindowFallbacks => fallbacks.LargerWindow;

        protected override ModelGroup[] ContentPolicyFallbacks => fallbacks.OtherPolicy;
    }

    private sealed class DeclaredModeration(RouterContext context, GroupDefinition definition, FallbackGroups fallbacks) : ModerationGroup(context, definition)
    {
        protected override ModelGroup[] Fallbacks => fallbacks.Any;

        protected override ModelGroup[] ContextWindowFallbacks => fallbacks.LargerWindow;

        protected override ModelGroup[] ContentPolicyFallbacks => fallbacks.OtherPolicy;
    }

    private sealed class DeclaredCompletion(RouterContext context, GroupDefinition definition, FallbackGroups fallbacks) : CompletionGroup(context, definition)
    {
        protected override ModelGroup[] Fallbacks => fallbacks.Any;

        protected override ModelGroup[] ContextWindowFallbacks => fallbacks.LargerWindow;

        protected override ModelGroup[] ContentPolicyFallbacks => fallbacks.OtherPolicy;
    }
}
