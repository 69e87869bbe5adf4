using RouterGen.Declarations.Arguments;
using RouterGen.Declarations.Drafts;
using RouterGen.Declarations.Names;
using RouterGen.Declarations.Problems;

namespace RouterGen.Declarations.Parsing;

/// <summary>Reads the groups of a class and finds which deployment is whose.</summary>
internal sealed class GroupParser(string className, ProblemList problems)
{
    private readonly List<GroupDraft> _groups = [];
    private readonly Dictionary<string, int> _byName = new(StringComparer.Ordinal);
    private readonly Dictionary<string, GroupDraft> _byMember = new(StringComparer.Ordinal);
    private readonly Dictionary<string, GroupDraft> _byType = new(StringComparer.Ordinal);

    /// <summary>The groups that can be generated: of two with the same name or member in one source, the first.</summary>
    public List<GroupDraft> ParseGroups(IEnumerable<DeclarationSource> sources, MemberNames names)
    {
        foreach (DeclarationSource source in sources)
        {
            int earlier = _groups.Count;
            foreach (DeclaredArguments declared in source.Groups)
            {
                if (!declared.Has("Name")) continue; // Half-typed; the compiler says so.
                string name = declared.Text("Name") ?? "";
                if (string.IsNullOrWhiteSpace(name))
                {
                    problems.Add(ProblemKinds.GroupWithoutName, declared.PlaceOf("Name"));
                    continue;
                }

                if (SharedProperties.Name(declared, "Name", problems) is null) continue;
                if (!_byName.TryGetValue(name, out int same)) Add(new GroupDraft(declared, name, names.ForGroup(name)));
                else if (same < earlier) _groups[same].Extend(declared, problems);
                else problems.Add(ProblemKinds.DuplicateGroup, declared.PlaceOf("Name"), name, className);
            }
        }

        return _groups;
    }

    /// <summary>Gives each deployment of a source to its group.</summary>
    /// <returns>Whether all found one.</returns>
    public bool Assign(DeclarationSource source)
    {
        ILookup<int, string> namesByDeclaration = source.Groups.ToLookup(group => group.Stated.Declaration, group => group.Text("Name") ?? "");
        ILookup<string?, DeclaredArguments> byGroup = source.Deployments.ToLookup(deployment => deployment.Text("Group") ?? OnlyGroupOf(deployment, namesByDeclaration));
        foreach (GroupDraft group in _groups) group.Declare(byGroup[group.Name], problems);

        bool all = true;
        foreach (IGrouping<string?, DeclaredArguments> orphans in byGroup.Where(ofGroup => ofGroup.Key is null || !_byName.ContainsKey(ofGroup.Key)))
        {
            all = false;
            if (namesByDeclaration.SelectMany(names => names).Contains(orphans.Key)) continue; // The group is what is wrong.
            foreach (DeclaredArguments orphan in orphans) ReportOrphan(orphan, namesByDeclaration);
        }

        return all;
    }

    private void Add(GroupDraft group)
    {
        string member = group.MemberName;
        bool isTaken = _byMember.TryGetValue(member, out GroupDraft? other) || _byType.TryGetValue(member, out other);
        if (!isTaken && _byMember.TryGetValue(group.TypeName, out other)) (isTaken, member) = (true, group.TypeName);
        if (isTaken)
        {
            problems.Add(ProblemKinds.MemberCollision, group.Settings.PlaceOf("Name"), other!.Name, group.Name, member);
            return;
        }

        _byName.Add(group.Name, _groups.Count);
        _byMember.Add(group.MemberName, group);
        _byType.Add(group.TypeName, group);
        _groups.Add(group);
    }

    private static string? OnlyGroupOf(DeclaredArguments deployment, ILookup<int, string> namesByDeclaration)
    {
        List<string> names = [.. namesByDeclaration[deployment.Stated.Declaration].Distinct()];
        return names.Count == 1 ? names[0] : null;
    }

    private void ReportOrphan(DeclaredArguments deployment, ILookup<int, string> namesByDeclaration)
    {
        string model = deployment.Text("Model") ?? "";
        List<string> all = [.. _groups.Select(group => group.Name)];
        if (deployment.Text("Group") is { } stated)
        {
            string? nearest = Spelling.Nearest(stated, all);
            string advice = nearest is not null ? Spelling.DidYouMean(nearest)
                : $"; declare it with [ModelGroup(\"{stated}\")]" + (all.Count > 0 ? $", or name one of '{string.Join("', '", all)}'" : "");
            problems.AddFixable(
                ProblemKinds.DeploymentWithoutGroup, deployment.PlaceOf("Group"), DiagnosticProperties.Groups, nearest ?? Joined(all),
                model, $"'{className}' has no group '{stated}'{advice}");
            return;
        }

        List<string> meant = [.. namesByDeclaration[deployment.Stated.Declaration].Distinct()];
        string reason = meant.Count > 1
            ? $"this declaration has {meant.Count} groups; say which with Group = \"{meant[0]}\""
            : all.Count > 0
                ? $"this declaration has no [ModelGroup]; add one, or name a group of another with Group = \"{all[0]}\""
                : "add [ModelGroup(\"name\")] to this declaration";
        problems.AddFixable(
            ProblemKinds.DeploymentWithoutGroup, deployment.PlaceOf("Model"), DiagnosticProperties.Groups, Joined(meant.Count > 0 ? meant : all), model, reason);
    }

    private static string? Joined(List<string> names) => names.Count == 0 ? null : string.Join("\n", names);
}
