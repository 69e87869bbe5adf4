namespace RouterGen.Runtime.Tests;

public class DeploymentSetTests
{
    [Fact]
    public void It_holds_what_was_added_and_nothing_else()
    {
        DeploymentSet set = default;
        int[] members = [0, 1, 31, 32, 63, 64, 65, 127, 128, 191, 192, 1000];
        foreach (int member in members.Reverse()) set.Add(member);
        foreach (int member in members) set.Add(member);
        for (int i = 0; i < 1200; i++) Assert.Equal(members.Contains(i), set.Contains(i));
    }

    [Fact]
    public void An_empty_one_holds_nothing()
    {
        DeploymentSet set = default;
        for (int i = 0; i < 300; i++) Assert.False(set.Contains(i));
        Assert.True(set.IsEmpty);
        Assert.False(Of(0).IsEmpty || Of(64).IsEmpty || Of(1000).IsEmpty);
    }

    [Fact]
    public void A_copy_is_a_set_of_its_own()
    {
        DeploymentSet set = default;
        set.Add(3);
        set.Add(70);
        DeploymentSet copy = set;
        copy.Add(4);
        copy.Add(71);
        Assert.False(set.Contains(4));
        Assert.False(set.Contains(71));
        Assert.True(copy.Contains(3) && copy.Contains(70) && copy.Contains(4) && copy.Contains(71));
    }

    [Theory]
    [InlineData(new int[0], new int[0])]
    [InlineData(new[] { 1, 63 }, new[] { 1 })]
    [InlineData(new[] { 1, 64, 200 }, new[] { 200 })]
    [InlineData(new[] { 1, 64, 200 }, new[] { 1, 64, 200 })]
    public void A_set_contains_its_parts(int[] whole, int[] part)
    {
        DeploymentSet set = Of(whole);
        Assert.True(set.Contains(Of(part)));
        Assert.Equal(whole.Length == part.Length, Of(part).Contains(set));
        Assert.Equal(whole.Length == part.Length, set.Equals(Of(part)));
    }

    [Fact]
    public void What_is_added_to_a_set_is_in_it_then()
    {
        DeploymentSet set = Of(2, 70);
        DeploymentSet copy = set;
        set.Add(Of(3, 300));
        Assert.Equal(Of(2, 3, 70, 300), set);
        Assert.Equal(Of(2, 70), copy);
        set.Add(Of(1));
        Assert.True(set.Contains(1) && set.Contains(300));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(70)]
    [InlineData(5)]
    [InlineData(1000)]
    public void What_is_taken_out_of_a_set_is_in_it_no_more(int index)
    {
        DeploymentSet set = Of(2, 3, 70, 71);
        DeploymentSet copy = set;
        set.Remove(index);
        Assert.Equal(Of([.. new[] { 2, 3, 70, 71 }.Where(member => member != index)]), set);
        Assert.Equal(Of(2, 3, 70, 71), copy);
    }

    [Fact]
    public void Equal_sets_have_equal_hashes_however_long_they_once_were()
    {
        DeploymentSet longer = Of(2, 65);
        longer.Add(default(DeploymentSet));
        Assert.Equal(Of(2, 65).GetHashCode(), longer.GetHashCode());
        Assert.NotEqual(Of(2, 65).GetHashCode(), Of(2, 129).GetHashCode());
    }

    [Fact]
    public void Up_to_64_it_allocates_nothing()
    {
        DeploymentSet set = default;
        set.Add(0);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 64; i++) set.Add(i);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.True(set.Contains(63));
    }

    private static DeploymentSet Of(params int[] indexes)
    {
        DeploymentSet set = default;
        foreach (int index in indexes) set.Add(index);
        return set;
    }
}
