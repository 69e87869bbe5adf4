using System.Text.Json;
using Microsoft.Extensions.AI;
using RouterGen;

namespace Tools;

/// <summary>Methods that a model can call. The build writes their schemas, and the code that reads their arguments.</summary>
internal sealed partial class FrontDesk
{
    public List<int> Booked { get; } = [];

    /// <summary>Decides on a call of a tool that needs approval: stays of at most a week are booked without asking.</summary>
    public static bool Approves(FunctionCallContent call) =>
        call.Arguments?.TryGetValue("nights", out object? nights) is true && nights is JsonElement { ValueKind: JsonValueKind.Number } number && number.GetInt32() <= 7;

    /// <summary>Finds the rooms that are free from tonight on.</summary>
    /// <param name="nights">For how many nights.</param>
    /// <param name="view">What the windows look at.</param>
    [RouterTool]
    private Room[] FindRooms(int nights, View view = View.Any) => [.. Room.All.Where(room => room.FreeNights >= nights && (view == View.Any || room.View == view) && !Booked.Contains(room.Number))];

    /// <summary>Books a room from tonight on.</summary>
    /// <param name="room">The number of the room.</param>
    /// <param name="nights">For how many nights.</param>
    [RouterTool(RequiresApproval = true)]
    private string BookRoom(int room, int nights)
    {
        Booked.Add(room);
        return $"Room {room} is booked for {nights} nights.";
    }
}

internal enum View
{
    Any,
    Sea,
    Garden,
}

internal sealed record Room(int Number, View View, int FreeNights)
{
    public static IReadOnlyList<Room> All { get; } = [new(12, View.Sea, 3), new(14, View.Sea, 1), new(21, View.Garden, 30)];
}
