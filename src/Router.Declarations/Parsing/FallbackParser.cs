using RouterGen.Declarations.Drafts;
using RouterGen.Declarations.Model;
using RouterGen.Declarations.Names;
using RouterGen.Declarations.Problems;
using RouterGen.Declarations.Specs;

namespace RouterGen.Declarations.Parsing;

/// <summary>Reads which groups a group turns to, and finds those that do not exist and those that lead back.</summary>
internal sealed class FallbackParser(string className, IReadOnlyList<GroupDraft> groups, ProblemList problems)
{
    private static readonly string[] Occasions = ["Fallbacks", "ContextWindowFallbacks", "ContentPolicyFallbacks"];

    private readonly Dictionary<string, GroupDraft> _byName = groups.ToDictionary(group => group.Name, StringComparer.Ordinal);

    /// <summary>The groups that a group turns to, by occasion; occasions without any are left out.</summary>
    public List<FallbackSpec> Parse(GroupDraft group)
    {
        List<FallbackSpec> fallbacks = [];
        foreach (string occasion in Occasions)
        {
            List<GroupDraft> found = [];
            IReadOnlyList<string?> names = group.Settings.Texts(occasion);
            for (int i = 0; i < names.Count; i++)
            {
                if (names[i] is not { } name) continue;
                if (Find(name) is { } fallback)
                {
                    if (!found.Contains(fallback)) found.Add(fallback);
                }
                else
                {
                    string? nearest = Spelling.Nearest(name, groups.Where(g => g != group).Select(g => g.Name));
                    problems.AddFixable(
                        ProblemKinds.UnknownFallback, group.Settings.PlaceOf(occasion, i), DiagnosticProperties.Replacement, nearest,
                        group.Name, name, className, nearest is not null ? Spelling.DidYouMean(nearest)
                            : group.Settings.IsInFile ? ": declare it under \"groups\", or name another"
                            : $": declare it with [ModelGroup(\"{name}\")], or name another");
                }
            }

            if (found.Count == 0) continue;
            fallbacks.Add(new(occasion, found.Select(fallback => fallback.Name).ToEquatableArray(), found.Select(fallback => fallback.MemberName).ToEquatableArray()));
        }

        return fallbacks;
    }

    /// <summary>
    /// Reports each cycle once, at the first of its groups. Each occasion is looked at by itself: to turn to a larger
    /// model for its window and from there to a smaller one in an outage is no cycle.
    /// </summary>
    public void ReportCycles()
    {
        foreach (string occasion in Occasions)
        {
            var done = new HashSet<GroupDraft>();
            foreach (GroupDraft group in groups) Visit(group, occasion, done);
        }
    }

    // Goes on its own stack: a chain may be longer than the compiler's is deep.
    private void Visit(GroupDraft root, string occasion, HashSet<GroupDraft> done)
    {
        List<GroupDraft> path = [];
        var placeInPath = new Dictionary<GroupDraft, int>();
        var next = new Stack<IEnumerator<GroupDraft>>();
        Enter(root);
        while (next.Count > 0)
        {
            if (!next.Peek().MoveNext())
            {
                next.Pop();
                done.Add(path[path.Count - 1]);
                placeInPath.Remove(path[path.Count - 1]);
                path.RemoveAt(path.Count - 1);
            }
            else if (placeInPath.TryGetValue(next.Peek().Current, out int start))
            {
                string cycle = string.Join(" → ", path.Skip(start).Append(path[start]).Select(group => group.Name));
                problems.Add(ProblemKinds.FallbackCycle, path[start].Settings.PlaceOf(occasion), cycle);
            }
            else
            {
                Enter(next.Peek().Current);
            }
        }

        void Enter(GroupDraft group)
        {
            if (done.Contains(group)) return;
            placeInPath.Add(group, path.Count);
            path.Add(group);
            next.Push(group.Settings.Texts(occasion).Select(Find).OfType<GroupDraft>().Distinct().GetEnumerator());
        }
    }

    private GroupDraft? Find(string? name) => name is not null && _byName.TryGetValue(name, out GroupDraft? group) ? group : null;
}
