using System.ComponentModel;

namespace RouterGen.Infrastructure;

/// <summary>Tells which groups take over from a group, for what shows that to people.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class GroupFallbacks
{
    /// <summary>Returns the groups that take over when no deployment of a group can answer, in their order.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="group"/> is null.</exception>
    public static IReadOnlyList<ModelGroup> OfOutages(ModelGroup group) => Checked(group).Fallbacks;

    /// <summary>Returns the groups that take over when a request exceeds the context window, in their order.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="group"/> is null.</exception>
    public static IReadOnlyList<ModelGroup> OfContextWindows(ModelGroup group) => Checked(group).ContextWindowFallbacks;

    /// <summary>Returns the groups that take over when a content filter refuses a request, in their order.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="group"/> is null.</exception>
    public static IReadOnlyList<ModelGroup> OfContentFilters(ModelGroup group) => Checked(group).ContentPolicyFallbacks;

    private static ModelGroup Checked(ModelGroup group)
    {
        ArgumentNullException.ThrowIfNull(group);
        return group;
    }
}
