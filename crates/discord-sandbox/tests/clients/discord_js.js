// A small bot with discord.js 14, which the test `clients` starts against the sandbox.
//
// It takes the API's address from DISCORD_API and its token from DISCORD_TOKEN; the test runs it where
// discord.js is installed. Its twin is discord_py.py.

const { createRequire } = require("node:module");
const { resolve } = require("node:path");

const installed = createRequire(resolve(process.env.DISCORD_JS, "package.json"));
const {
  ActionRowBuilder,
  AttachmentBuilder,
  ButtonBuilder,
  ButtonStyle,
  Client,
  EmbedBuilder,
  Events,
  GatewayIntentBits,
  MessageFlags,
  ModalBuilder,
  Partials,
  SlashCommandBuilder,
  StringSelectMenuBuilder,
  TextInputBuilder,
  TextInputStyle,
} = installed("discord.js");

const bot = new Client({
  intents: [
    GatewayIntentBits.Guilds,
    GatewayIntentBits.GuildMessages,
    GatewayIntentBits.GuildMessageReactions,
    GatewayIntentBits.MessageContent,
  ],
  partials: [Partials.Message, Partials.Channel, Partials.Reaction, Partials.User],
  rest: { api: process.env.DISCORD_API },
});

const news = () => bot.channels.cache.find((channel) => channel.name === "news");

async function copyOf(attachment) {
  const answer = await fetch(attachment.url);
  const content = Buffer.from(await answer.arrayBuffer());
  return new AttachmentBuilder(content, { name: "copy.txt" });
}

const on = {
  [Events.ClientReady]: async () => {
    await bot.application.commands.set([
      new SlashCommandBuilder().setName("ping").setDescription("Answers at once"),
      new SlashCommandBuilder()
        .setName("echo")
        .setDescription("Thinks first")
        .addStringOption((text) =>
          text.setName("text").setDescription("What to say").setRequired(true).setAutocomplete(true),
        ),
      new SlashCommandBuilder()
        .setName("bring")
        .setDescription("Takes a file")
        .addAttachmentOption((file) =>
          file.setName("file").setDescription("The file").setRequired(true),
        ),
      new SlashCommandBuilder().setName("card").setDescription("A card with a button and a menu"),
    ]);
    console.log("ready");
  },

  [Events.ShardResume]: () => news().send("resumed"),

  [Events.MessageCreate]: async (message) => {
    if (message.author.id === bot.user.id) return;
    if (message.attachments.size > 0) {
      const copy = await copyOf(message.attachments.first());
      await message.reply({ content: "a copy", files: [copy] });
    } else if (message.content.startsWith("hello")) {
      await message.react("👋");
    } else if (message.content === "change") {
      const changing = await message.reply("one");
      await changing.edit("two");
    } else if (message.content === "history") {
      const last = await message.channel.messages.fetch({ limit: 3 });
      await message.channel.send(last.map((it) => it.content).join(" < "));
    } else if (message.content === "bye") {
      await bot.destroy();
    }
  },

  [Events.MessageReactionAdd]: async (reaction, user) => {
    if (user.id === bot.user.id) return;
    const person = await user.fetch();
    await news().send(`${person.displayName} put ${reaction.emoji}`);
  },

  [Events.MessageReactionRemove]: async (reaction, user) => {
    if (user.id !== bot.user.id) await news().send(`${user.id} took ${reaction.emoji}`);
  },

  [Events.ThreadCreate]: (thread) => thread.send(`in ${thread.name}`),

  [Events.ThreadUpdate]: async (before, after) => {
    if (after.archived && !before.archived) await after.parent.send(`closed: ${after.name}`);
  },

  [Events.InteractionCreate]: async (interaction) => {
    const name = interaction.isModalSubmit() || interaction.isMessageComponent()
      ? interaction.customId
      : interaction.commandName;
    await (interaction.isAutocomplete() ? louder(interaction) : answers[name](interaction));
  },
};

async function louder(interaction) {
  const typed = interaction.options.getFocused() + "!";
  await interaction.respond([{ name: typed, value: typed }]);
}

const answers = {
  ping: (asked) =>
    asked.reply({ content: "pong", flags: MessageFlags.Ephemeral, withResponse: true }),

  echo: async (asked) => {
    await asked.deferReply();
    const text = asked.options.getString("text");
    const embed = new EmbedBuilder().setTitle("echoed").addFields({ name: "text", value: text });
    await asked.editReply({ content: text, embeds: [embed] });
    await asked.followUp("more");
  },

  bring: async (asked) => {
    const file = asked.options.getAttachment("file");
    await asked.reply({ content: `took ${file.name}`, files: [await copyOf(file)] });
  },

  card: async (asked) => {
    const note = new ButtonBuilder()
      .setLabel("Note")
      .setCustomId("note")
      .setStyle(ButtonStyle.Secondary);
    const state = new StringSelectMenuBuilder()
      .setCustomId("state")
      .addOptions({ label: "Open", value: "open" }, { label: "Done", value: "done" });
    const rows = [note, state].map((part) => new ActionRowBuilder().addComponents(part));
    await asked.reply({ content: "a card", components: rows });
  },

  state: (asked) => asked.update(`state: ${asked.values[0]}`),

  note: async (asked) => {
    const text = new TextInputBuilder()
      .setLabel("Text")
      .setCustomId("text")
      .setStyle(TextInputStyle.Short);
    const form = new ModalBuilder().setTitle("Note").setCustomId("form");
    await asked.showModal(form.addComponents(new ActionRowBuilder().addComponents(text)));
  },

  form: async (asked) => {
    const text = asked.fields.getTextInputValue("text");
    await asked.reply({ content: `noted: ${text}`, flags: MessageFlags.Ephemeral });
  },
};

for (const [event, handler] of Object.entries(on)) bot.on(event, handler);
bot.login(process.env.DISCORD_TOKEN);
