using RouterGen.Generator.Diagnostics;
using RouterGen.Generator.Model;

namespace RouterGen.Generator.Parsing;

/// <summary>Reads the [ModelGroup] attributes of a class and finds which deployment is whose.</summary>
internal sealed class GroupParser(string className, ProblemList problems)
{
    /// <summary>The groups that can be generated: of two with the same name or member, the first.</summary>
    public List<GroupDraft> ParseGroups(IEnumerable<AttributeArguments> attributes, MemberNames names)
    {
        List<GroupDraft> groups = [];
        foreach (AttributeArguments attribute in attributes)
        {
            if (!attribute.Has(0)) continue; // Half-typed; the compiler says so.
            string name = attribute.Text(0) ?? "";
            var group = new GroupDraft(attribute, name, names.ForGroup(name));
            if (groups.Any(other => other.Name == name))
            {
                problems.Add(DiagnosticDescriptors.DuplicateGroup, attribute.LocationOf(0), name, className);
            }
            else if (groups.FirstOrDefault(other => Collide(other, group)) is { } other)
            {
                string member = other.TypeName == group.MemberName ? group.MemberName : other.MemberName == group.TypeName ? other.MemberName : group.MemberName;
                problems.Add(DiagnosticDescriptors.MemberCollision, attribute.LocationOf(0), other.Name, name, member);
            }
            else
            {
                groups.Add(group);
            }
        }

        return groups;
    }

    /// <summary>Gives each deployment to its group.</summary>
    /// <returns>Whether all found one.</returns>
    public bool Assign(IEnumerable<AttributeArguments> deployments, IReadOnlyList<GroupDraft> groups, ILookup<object?, string> namesByDeclaration)
    {
        bool all = true;
        foreach (AttributeArguments deployment in deployments)
        {
            string? name = deployment.Text("Group") ?? OnlyGroupOf(deployment, namesByDeclaration);
            if (name is not null && groups.FirstOrDefault(group => group.Name == name) is { } owner)
            {
                owner.Declared.Add(deployment);
                continue;
            }

            all = false;
            if (!namesByDeclaration.SelectMany(names => names).Contains(name)) ReportOrphan(deployment, groups, namesByDeclaration);
        }

        return all;
    }

    public GroupSettings ParseSettings(GroupDraft group) => new(
        NumberBounds.Positive(group.Attribute, "MaxAttempts", problems),
        NumberBounds.Seconds(group.Attribute, "TimeoutSeconds", problems),
        NumberBounds.Seconds(group.Attribute, "AttemptTimeoutSeconds", problems),
        NumberBounds.Seconds(group.Attribute, "FirstTokenTimeoutSeconds", problems),
        NumberBounds.Seconds(group.Attribute, "StreamIdleTimeoutSeconds", problems),
        NumberBounds.Seconds(group.Attribute, "CooldownSeconds", problems),
        NumberBounds.NotNegative(group.Attribute, "AllowedFails", problems));

    private static bool Collide(GroupDraft a, GroupDraft b) =>
        a.MemberName == b.MemberName || a.TypeName == b.MemberName || a.MemberName == b.TypeName;

    private static string? OnlyGroupOf(AttributeArguments deployment, ILookup<object?, string> namesByDeclaration)
    {
        List<string> names = [.. namesByDeclaration[deployment.Declaration].Distinct()];
        return names.Count == 1 ? names[0] : null;
    }

    private void ReportOrphan(AttributeArguments deployment, IReadOnlyList<GroupDraft> groups, ILookup<object?, string> namesByDeclaration)
    {
        string model = deployment.Text(0) ?? "";
        List<string> all = [.. groups.Select(group => group.Name)];
        if (deployment.Text("Group") is { } stated)
        {
            string? nearest = Spelling.Nearest(stated, all);
            string advice = nearest is not null ? Spelling.DidYouMean(nearest)
                : $"; declare it with [ModelGroup(\"{stated}\")]" + (all.Count > 0 ? $", or name one of '{string.Join("', '", all)}'" : "");
            problems.AddFixable(
                DiagnosticDescriptors.DeploymentWithoutGroup, deployment.LocationOf("Group"), DiagnosticProperties.Groups, nearest ?? Joined(all),
                model, $"'{className}' has no group '{stated}'{advice}");
            return;
        }

        List<string> meant = [.. namesByDeclaration[deployment.Declaration].Distinct()];
        string reason = meant.Count > 1
            ? $"this declaration has {meant.Count} groups; say which with Group = \"{meant[0]}\""
            : all.Count > 0
                ? $"this declaration has no [ModelGroup]; add one, or name a group of another with Group = \"{all[0]}\""
                : "add [ModelGroup(\"name\")] to this declaration";
        problems.AddFixable(
            DiagnosticDescriptors.DeploymentWithoutGroup, deployment.LocationOf(0), DiagnosticProperties.Groups, Joined(meant.Count > 0 ? meant : all), model, reason);
    }

    private static string? Joined(List<string> names) => names.Count == 0 ? null : string.Join("\n", names);
}
