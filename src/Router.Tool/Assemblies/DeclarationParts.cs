using RouterGen.Declarations.Arguments;

namespace RouterGen.Tool.Assemblies;

/// <summary>
/// Which group a deployment belongs to that names none. In code it is the group beside it, in the same part of the class; in an
/// assembly the parts are one, with their attributes in order. So it is the group before it or the one behind it: the one whose
/// generated class has the deployment. Where that tells nothing it is the one before it, unless the class writes deployments first.
/// </summary>
internal static class DeclarationParts
{
    /// <summary>A number for each attribute of a class: those of one part have the same.</summary>
    /// <param name="attributes">What the attributes declare, in their order.</param>
    /// <param name="has">Whether the generated class of a group has a deployment.</param>
    public static int[] Of(IReadOnlyList<(DeclarationKind Kind, DeclaredArguments Stated)> attributes, Func<DeclaredArguments, DeclaredArguments, bool> has)
    {
        int[] parts = new int[attributes.Count];
        int[] groups = [.. Enumerable.Range(0, attributes.Count).Where(i => attributes[i].Kind == DeclarationKind.Group)];
        bool writesDeploymentsFirst = groups.Length > 0 && Enumerable.Range(0, groups[0]).Any(IsBesideGroup);
        for (int i = 0; i < parts.Length; i++)
        {
            if (attributes[i].Kind == DeclarationKind.Group) parts[i] = i;
            else if (IsBesideGroup(i)) parts[i] = Choose(i);
        }

        return parts;

        bool IsBesideGroup(int at) => attributes[at].Kind == DeclarationKind.Deployment && !attributes[at].Stated.Has("Group");

        int Choose(int at)
        {
            int before = Array.FindLast(groups, group => group < at);
            int behind = Array.Find(groups, group => group > at);
            if (groups.Length == 0) return 0;
            if (groups[0] > at) return behind;
            if (groups[^1] < at) return before;
            bool isBefore = has(attributes[before].Stated, attributes[at].Stated);
            bool isBehind = has(attributes[behind].Stated, attributes[at].Stated);
            return isBefore == isBehind ? (writesDeploymentsFirst ? behind : before) : isBefore ? before : behind;
        }
    }
}
