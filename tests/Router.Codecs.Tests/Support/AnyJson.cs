namespace RouterGen.Codecs.Tests.Support;

/// <summary>Makes JSON at random, of members and scalars that mean something to a dialect.</summary>
internal sealed class AnyJson(string[] members, string[] scalars)
{
    /// <summary>Makes an object.</summary>
    public string Object(Random random, int depth)
    {
        IEnumerable<string> some = Enumerable.Range(0, random.Next(1, 6)).Select(_ => $"\"{members[random.Next(members.Length)]}\":{Value(random, depth + 1)}");
        return "{" + string.Join(",", some) + "}";
    }

    /// <summary>Makes any value.</summary>
    public string Value(Random random, int depth) => random.Next(depth > 5 ? 2 : 5) switch
    {
        0 or 1 => scalars[random.Next(scalars.Length)],
        2 => "[" + string.Join(",", Enumerable.Range(0, random.Next(3)).Select(_ => Value(random, depth + 1))) + "]",
        _ => Object(random, depth),
    };
}
