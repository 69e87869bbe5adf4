using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace RouterGen.Runtime.Tests;

/// <summary>The folders of the runtime depend on each other one way only, and none is crowded.</summary>
public partial class RoomTests
{
    private const int MostFiles = 17;

    // From the bottom up: a room knows those before it.
    private static readonly string[] Rooms =
    [
        "Declarations", "Time", "Statistics", "Models", "Prices", "Outcomes", "Media", "Requests", "Audio", "Texts", "Answers", "Framing", "Wire", "Codecs", "Platforms", "Definitions", "Transport", "Clients", "Fleet", "Health", "Budgets", "Sharing", "Keys", "Routing", "Observation", "Caching", "Router", "Spending", "Deployments", "Eligibility", "Selection", "Policies",
        "Waiting", "Overrides", "Telemetry", "Attempts", "Background", "Groups", "Calls", "Streams", "Embeddings", "Rerank", "Moderation", "Completions", "Images", "Transcription", "Speech", "Counting", "Tools", "ToolLoops", "Chat", "Structured", "Relays",
    ];

    [Fact]
    public void Arrows_go_one_way()
    {
        Dictionary<string, string> rooms = RoomsOfTypes();
        var arrows = new SortedDictionary<string, SortedSet<string>>(StringComparer.Ordinal);
        foreach (Type type in typeof(ModelGroup).Assembly.GetTypes())
        {
            if (!rooms.TryGetValue(NameOf(type), out string? from)) continue;
            foreach (Type used in TypeReferences.Of(type))
            {
                if (used.Assembly != type.Assembly || !rooms.TryGetValue(NameOf(used), out string? to) || from == to) continue;
                if (Array.IndexOf(Rooms, to) < Array.IndexOf(Rooms, from)) continue;
                string arrow = $"{from} -> {to}";
                if (!arrows.TryGetValue(arrow, out SortedSet<string>? names)) arrows[arrow] = names = new(StringComparer.Ordinal);
                names.Add($"{NameOf(type)} names {NameOf(used)}");
            }
        }

        Assert.True(arrows.Count == 0, string.Join("\n", arrows.Select(static arrow => $"{arrow.Key}: {string.Join("; ", arrow.Value)}")));
    }

    [Fact]
    public void Each_folder_is_a_room_and_none_is_crowded()
    {
        string[] folders = [.. Directory.GetDirectories(Source).Select(static folder => Path.GetFileName(folder)).Where(static folder => folder is not ("bin" or "obj" or "buildTransitive"))];
        Assert.Equal(Rooms.Order(StringComparer.Ordinal), folders.Order(StringComparer.Ordinal));
        Assert.All(folders, static folder => Assert.InRange(Directory.GetFiles(Path.Combine(Source, folder), "*.cs").Length, 1, MostFiles));
    }

    private static string Source => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Here())!, "../../src/Router.Runtime"));

    private static string NameOf(Type type) => TypeReferences.Outermost(type).Name.Split('`')[0];

    /// <summary>The folder in which each type that is not nested is declared.</summary>
    private static Dictionary<string, string> RoomsOfTypes()
    {
        var rooms = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string room in Rooms)
        {
            string folder = Path.Combine(Source, room);
            if (!Directory.Exists(folder)) continue;
            foreach (string file in Directory.GetFiles(folder, "*.cs"))
            {
                foreach (Match match in Declaration().Matches(File.ReadAllText(file))) rooms[match.Groups[1].Value] = room;
            }
        }

        return rooms;
    }

    private static string Here([CallerFilePath] string path = "") => path;

    [GeneratedRegex(@"^(?:public|internal)\s+(?:[a-z]+\s+)*?(?:class|record struct|struct|interface|enum|record)\s+(\w+)", RegexOptions.Multiline)]
    private static partial Regex Declaration();
}
