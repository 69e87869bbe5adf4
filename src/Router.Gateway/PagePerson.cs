namespace RouterGen;

/// <summary>A person who has signed in to the page.</summary>
/// <param name="Id">Who it is, for good: it is logged with what the person changes, and stands as the user in the rows of requests from the playground.</param>
/// <param name="Name">The name for people.</param>
/// <param name="Role">What the person may do.</param>
public sealed record PagePerson(string Id, string Name, PageRole Role);

/// <summary>What a person may do on the page.</summary>
public enum PageRole
{
    /// <summary>See all of it, and change nothing; no playground, whose requests cost money.</summary>
    Viewer,

    /// <summary>All that the master key may do there.</summary>
    Admin,
}
