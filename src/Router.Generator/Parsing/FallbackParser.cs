using System.Collections.Immutable;
using RouterGen.Generator.Diagnostics;
using RouterGen.Generator.Model;

namespace RouterGen.Generator.Parsing;

/// <summary>Reads which groups a group turns to, and finds those that do not exist and those that lead back.</summary>
internal sealed class FallbackParser(string className, IReadOnlyList<GroupDraft> groups, ProblemList problems)
{
    private static readonly string[] Occasions = ["Fallbacks", "ContextWindowFallbacks", "ContentPolicyFallbacks"];

    /// <summary>The groups that a group turns to, by occasion; occasions without any are left out.</summary>
    public List<FallbackSpec> Parse(GroupDraft group)
    {
        List<FallbackSpec> fallbacks = [];
        foreach (string occasion in Occasions)
        {
            List<string> members = [];
            ImmutableArray<string?> names = group.Attribute.Texts(occasion);
            for (int i = 0; i < names.Length; i++)
            {
                if (names[i] is not { } name) continue;
                if (Find(name) is { } fallback)
                {
                    if (!members.Contains(fallback.MemberName)) members.Add(fallback.MemberName);
                }
                else
                {
                    string? nearest = Spelling.Nearest(name, groups.Where(g => g != group).Select(g => g.Name));
                    problems.AddFixable(
                        DiagnosticDescriptors.UnknownFallback, group.Attribute.LocationOf(occasion, i), DiagnosticProperties.Replacement, nearest,
                        group.Name, name, className, nearest is null ? $": declare it with [ModelGroup(\"{name}\")], or name another" : Spelling.DidYouMean(nearest));
                }
            }

            if (members.Count > 0) fallbacks.Add(new(occasion, members.ToEquatableArray()));
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
            foreach (GroupDraft group in groups) Visit(group, occasion, [], done);
        }
    }

    private void Visit(GroupDraft group, string occasion, List<GroupDraft> path, HashSet<GroupDraft> done)
    {
        int start = path.IndexOf(group);
        if (start >= 0)
        {
            GroupDraft first = path[start];
            string cycle = string.Join(" → ", path.Skip(start).Append(first).Select(g => g.Name));
            problems.Add(DiagnosticDescriptors.FallbackCycle, first.Attribute.LocationOf(occasion), cycle);
            return;
        }

        if (done.Contains(group)) return;
        path.Add(group);
        foreach (GroupDraft next in group.Attribute.Texts(occasion).Select(Find).OfType<GroupDraft>().Distinct()) Visit(next, occasion, path, done);
        path.RemoveAt(path.Count - 1);
        done.Add(group);
    }

    private GroupDraft? Find(string? name) => groups.FirstOrDefault(group => group.Name == name);
}
