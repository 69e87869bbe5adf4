using System.Text;

namespace RouterGen;

/// <summary>How the texts of a call are divided: into batches that any deployment takes to which the call may go.</summary>
/// <param name="Texts">The most texts of a batch.</param>
/// <param name="Tokens">The most tokens of a batch.</param>
internal sealed record EmbeddingLimits(int Texts, int Tokens)
{
    // Current tokenizers make no more tokens of a text than this, but for scripts that they hardly know: English has four bytes a token, Chinese three.
    private const int BytesPerToken = 3;

    // What a deployment takes at once whose MaxConcurrency is not stated.
    private const int UsualConcurrency = 8;

    /// <summary>Returns the limits that all deployments of a group respect, and those of the groups that take over from it.</summary>
    public static EmbeddingLimits Of(GroupState group)
    {
        int texts = int.MaxValue, tokens = int.MaxValue;
        foreach (Deployment deployment in Reachable(group).SelectMany(static reached => reached.Deployments))
        {
            if (deployment.IsShadow) continue;
            if (deployment.Definition.Codec.Profile.MaxBatchTexts is > 0 and var most) texts = Math.Min(texts, most);
            if (deployment.Definition.Codec.Profile.MaxBatchTokens is > 0 and var longest) tokens = Math.Min(tokens, longest);
        }

        return new EmbeddingLimits(texts, tokens);
    }

    /// <summary>Returns how many batches of a call may be under way at once: as many as the group's deployments take.</summary>
    public static int ConcurrencyOf(GroupState group)
    {
        long sum = 0;
        foreach (Deployment deployment in group.Deployments)
        {
            if (!deployment.IsShadow) sum += deployment.Settings.MaxConcurrency is > 0 and var most ? most : UsualConcurrency;
        }

        return (int)Math.Clamp(sum, 1, group.Definition.MaxQueueLength);
    }

    /// <summary>Divides texts into batches, in their order. A text that is longer than a batch may be is a batch of its own.</summary>
    public List<ReadOnlyMemory<string>> Split(string[] texts)
    {
        List<ReadOnlyMemory<string>> batches = [];
        int start = 0;
        long tokens = 0;
        for (int i = 0; i < texts.Length; i++)
        {
            long more = Tokens == int.MaxValue ? 0 : Encoding.UTF8.GetByteCount(texts[i]) / BytesPerToken + 1;
            if (i > start && (i - start == Texts || tokens + more > Tokens))
            {
                batches.Add(texts.AsMemory(start, i - start));
                start = i;
                tokens = 0;
            }

            tokens += more;
        }

        batches.Add(texts.AsMemory(start));
        return batches;
    }

    private static HashSet<GroupState> Reachable(GroupState group)
    {
        HashSet<GroupState> found = [group];
        var next = new Queue<GroupState>(found);
        while (next.TryDequeue(out GroupState? reached))
        {
            foreach (FallbackList list in Enum.GetValues<FallbackList>())
            {
                foreach (GroupState fallback in reached.FallbacksFor(list))
                {
                    if (found.Add(fallback)) next.Enqueue(fallback);
                }
            }
        }

        return found;
    }
}
