"""A small bot with discord.py 2, which the test `clients` starts against the sandbox.

It takes the addresses of the API and of the gateway from DISCORD_API and DISCORD_GATEWAY, and its token from
DISCORD_TOKEN. Its twin is discord_js.js.
"""

import io
import os

import discord
import yarl
from discord import app_commands
from discord.gateway import DiscordWebSocket

discord.http.Route.BASE = os.environ["DISCORD_API"] + "/v10"
# Unless it has many shards, discord.py does not ask the API where the gateway is.
DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(os.environ["DISCORD_GATEWAY"] + "/")


class Note(discord.ui.Modal, title="Note"):
    text = discord.ui.TextInput(label="Text", custom_id="text")

    async def on_submit(self, interaction):
        await interaction.response.send_message(f"noted: {self.text.value}", ephemeral=True)


class Card(discord.ui.View):
    @discord.ui.button(label="Note", custom_id="note")
    async def note(self, interaction, _button):
        await interaction.response.send_modal(Note())

    @discord.ui.select(
        custom_id="state",
        options=[
            discord.SelectOption(label="Open", value="open"),
            discord.SelectOption(label="Done", value="done"),
        ],
    )
    async def state(self, interaction, menu):
        await interaction.response.edit_message(content=f"state: {menu.values[0]}")


class Bot(discord.Client):
    def __init__(self):
        intents = discord.Intents.default()
        intents.message_content = True
        super().__init__(intents=intents)
        self.tree = app_commands.CommandTree(self)

    async def setup_hook(self):
        await self.tree.sync()

    def news(self):
        return discord.utils.get(self.get_all_channels(), name="news")

    async def on_ready(self):
        print("ready", flush=True)

    async def on_resumed(self):
        await self.news().send("resumed")

    async def on_message(self, message):
        if message.author == self.user:
            return
        if message.attachments:
            content = await message.attachments[0].read()
            copy = discord.File(io.BytesIO(content), filename="copy.txt")
            await message.reply("a copy", file=copy)
        elif message.content.startswith("hello"):
            await message.add_reaction("👋")
        elif message.content == "change":
            changing = await message.reply("one")
            await changing.edit(content="two")
        elif message.content == "history":
            texts = [it.content async for it in message.channel.history(limit=3)]
            await message.channel.send(" < ".join(texts))
        elif message.content == "bye":
            await self.close()

    async def on_raw_reaction_add(self, event):
        if event.user_id != self.user.id:
            await self.news().send(f"{event.member.display_name} put {event.emoji}")

    async def on_raw_reaction_remove(self, event):
        if event.user_id != self.user.id:
            await self.news().send(f"{event.user_id} took {event.emoji}")

    async def on_thread_create(self, thread):
        await thread.send(f"in {thread.name}")

    async def on_thread_update(self, before, after):
        if after.archived and not before.archived:
            await after.parent.send(f"closed: {after.name}")


bot = Bot()


@bot.tree.command(description="Answers at once")
async def ping(interaction: discord.Interaction):
    await interaction.response.send_message("pong", ephemeral=True)


@bot.tree.command(description="Thinks first")
@app_commands.describe(text="What to say")
async def echo(interaction: discord.Interaction, text: str):
    await interaction.response.defer()
    embed = discord.Embed(title="echoed").add_field(name="text", value=text)
    await interaction.followup.send(text, embed=embed)
    await interaction.followup.send("more")


@echo.autocomplete("text")
async def louder(_interaction: discord.Interaction, current: str):
    return [app_commands.Choice(name=current + "!", value=current + "!")]


@bot.tree.command(description="Takes a file")
@app_commands.describe(file="The file")
async def bring(interaction: discord.Interaction, file: discord.Attachment):
    content = await file.read()
    copy = discord.File(io.BytesIO(content), filename="copy.txt")
    await interaction.response.send_message(f"took {file.filename}", file=copy)


@bot.tree.command(description="A card with a button and a menu")
async def card(interaction: discord.Interaction):
    await interaction.response.send_message("a card", view=Card(timeout=None))


bot.run(os.environ["DISCORD_TOKEN"])
